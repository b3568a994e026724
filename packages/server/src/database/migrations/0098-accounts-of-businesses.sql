-- An address may have an account at each business: what one of them does never shows at another. While processes of the
-- version before still run, they cannot invite anybody, nor make links.
ALTER TABLE accounts DROP CONSTRAINT accounts_email_key;
CREATE UNIQUE INDEX accounts_of_business ON accounts (email, distributor_id) NULLS NOT DISTINCT;

-- An account may have several links: one that a stranger asks for must not end another.
ALTER TABLE account_links DROP CONSTRAINT account_links_account_id_key;
CREATE INDEX account_links_by_account ON account_links (account_id);

-- The serials by which a sold eSIM is asked for, as digests under the sealing key: they are few enough to be tried out.
ALTER TABLE esims ADD COLUMN serials text[];
CREATE INDEX esims_by_serial ON esims USING gin (serials);
CREATE INDEX esims_without_serials ON esims (distributor_id, transaction_id) WHERE serials IS NULL;
