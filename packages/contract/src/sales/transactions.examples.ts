import { EXAMPLE_IDS, EXAMPLE_SOLD } from '../example-values.ts';

/** A sale, as the examples of all nouns show it. */
export const EXAMPLE_TRANSACTION = {
  id: EXAMPLE_IDS.transaction,
  status: 'ok',
  product_type: 'airtime topup',
  billing_mode: 'prepaid',
  creation_date: EXAMPLE_SOLD,
  change_date: EXAMPLE_SOLD,
  offer_id: EXAMPLE_IDS.offer,
  offer_name: 'Mobile France 10 EUR',
  product_name: 'Mobile France 10 EUR',
  supplier_name: 'Orange France',
  resell_value: 7.92,
  distributor_fees: 2.08,
  distributor_fees_type: 'value',
  public_price: 10,
  margin: 2.08,
  bonus_value: 10,
  reference_currency: 'EUR',
  local_currency: 'EUR',
  user_id: 'till 7',
  parameters: { msisdn: '+33684587587' },
  customer_message: 'The recharge has been made.',
};

const EXAMPLE_ATTEMPT = {
  number: 1,
  status: 'ok',
  product_name: 'Mobile France 10 EUR',
  supplier_name: 'Orange France',
  begin_date: EXAMPLE_SOLD,
  end_date: EXAMPLE_SOLD,
};

/** Examples of answers, by the title of their schema. */
export const TRANSACTION_EXAMPLES = {
  DistributorTransaction: EXAMPLE_TRANSACTION,
  Count: { count: 42 },
  TransactionTotals: {
    totals: [
      {
        world: 'live',
        status: 'ok',
        currency: 'EUR',
        transactions: 42,
        resell_value: 332.64,
        public_price: 420,
        margin: 87.36,
      },
    ],
    complete: true,
  },
  AdminTransaction: {
    ...EXAMPLE_TRANSACTION,
    distributor_id: EXAMPLE_IDS.distributor,
    distributor_name: 'Airport shop',
    supplier_id: EXAMPLE_IDS.supplier,
    supplier_reference: 'sim-4711',
  },
  DeliveryAttempt: EXAMPLE_ATTEMPT,
  AdminAttempt: {
    ...EXAMPLE_ATTEMPT,
    reference: EXAMPLE_IDS.transaction,
    product_id: EXAMPLE_IDS.product,
    supplier_id: EXAMPLE_IDS.supplier,
    supplier_reference: 'sim-4711',
  },
  SupplierExchange: {
    id: EXAMPLE_IDS.exchange,
    kind: 'recharge',
    date: EXAMPLE_SOLD,
    duration_ms: 212,
    method: 'POST',
    url: 'https://supplier.example/recharges',
    status: 200,
    request_body: '{"reference":"01935a2c-0000-7000-8000-000000000004","line":"0684587587","product":"FR-10"}',
    response_body: '{"id":"R-4711","state":"done"}',
  },
};
