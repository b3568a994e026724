-- Finds which price of an offer counted at some moment, however many there have been: totals of transactions ask that of each day.
CREATE INDEX offer_versions_in_time ON offer_versions (distributor_id, offer_id, since);
