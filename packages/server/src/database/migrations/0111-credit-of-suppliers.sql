-- What a supplier lends, where it tells: in the main unit, in the currency of its balance.
ALTER TABLE supplier_balances ADD COLUMN credit_limit numeric;
