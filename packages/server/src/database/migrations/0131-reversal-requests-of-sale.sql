-- Whether its supplier has contradicted a sale before.
CREATE INDEX reversal_requests_of_sale ON reversal_requests (distributor_id, transaction_id);
