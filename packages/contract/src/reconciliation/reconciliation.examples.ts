import { EXAMPLE_IDS, EXAMPLE_SOLD } from '../example-values.ts';

const EXAMPLE_RUN = {
  id: EXAMPLE_IDS.reconciliation,
  supplier_id: EXAMPLE_IDS.supplier,
  supplier_name: 'Orange Welcome Travelers',
  source: 'list',
  from: '2026-11-24',
  to: '2026-11-24',
  time_zone: 'Europe/Paris',
  status: 'done',
  requested_by: 'operator',
  creation_date: '2026-11-25T02:00:00Z',
  end_date: '2026-11-25T02:00:07Z',
  compared_from: '2026-11-23T23:00:00Z',
  compared_before: '2026-11-24T23:00:00Z',
  ours: 1204,
  theirs: 1203,
  matched: { reference: 1203, supplier_reference: 0, line: 0 },
  open: 2,
  differences: 1,
  new_cases: 1,
  agrees: false,
};
const cost = (amount: number) => [{ currency: 'EUR', amount }];

const EXAMPLE_CASE = {
  id: EXAMPLE_IDS.difference,
  supplier_id: EXAMPLE_IDS.supplier,
  supplier_name: 'Orange Welcome Travelers',
  kind: 'sold_here_not_there',
  status: 'open',
  date: EXAMPLE_SOLD,
  creation_date: '2026-11-25T02:00:07Z',
  seen_date: '2026-11-25T02:00:07Z',
  reconciliation_id: EXAMPLE_IDS.reconciliation,
  transaction_id: EXAMPLE_IDS.transaction,
  attempt: 1,
  distributor_id: EXAMPLE_IDS.distributor,
  distributor_name: 'Airport shop',
  line: '+33 6 •• •• •• 87',
  confidence: 'certain',
  ours: { state: 'delivered', value: 10, value_currency: 'EUR', cost: 7.1, cost_currency: 'EUR', date: EXAMPLE_SOLD },
  ends: ['reverse', 'accept'],
};

const EXAMPLE_MAPPING = {
  columns: { time: 'Date', reference: 'Client ref', cost: 'Price', state: 'Status' },
  time_zone: 'Europe/Paris',
  date_order: 'dmy',
  decimal: ',',
  currency: 'EUR',
  states: { delivered: ['OK'], refused: ['KO'] },
};

/** Examples of answers, by the title of their schema. */
export const RECONCILIATION_EXAMPLES = {
  Reconciliation: EXAMPLE_RUN,
  ReconciliationDetail: {
    ...EXAMPLE_RUN,
    days: [
      {
        date: '2026-11-24',
        ours: { delivered: 1187, cost: cost(8427.7) },
        theirs: { delivered: 1186, cost: cost(8420.6) },
        agreed: 1186,
        open: 2,
        differences: 1,
      },
    ],
  },
  BooksMapping: EXAMPLE_MAPPING,
  BooksFileReport: {
    dry_run: true,
    columns: ['Date', 'Client ref', 'Price', 'Status'],
    mapping: EXAMPLE_MAPPING,
    rows: 1,
    sample: [
      {
        line: 2,
        cells: { Date: '24/11/2026 11:12', 'Client ref': EXAMPLE_IDS.transaction, Price: '7,10', Status: 'OK' },
        reference: EXAMPLE_IDS.transaction,
        cost: 7.1,
        state: 'delivered',
        date: '2026-11-24T10:12:00Z',
      },
    ],
    error_count: 0,
    errors: [],
    kinds: [],
  },
  ReconciliationCase: EXAMPLE_CASE,
  ReconciliationCaseDetail: {
    ...EXAMPLE_CASE,
    notes: [{ date: '2026-11-25T08:12:00Z', author: 'operator', text: 'Asked the supplier, ticket 4711' }],
  },
};
