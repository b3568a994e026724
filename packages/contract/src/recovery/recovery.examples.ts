import { EXAMPLE_IDS } from '../example-values.ts';

const EXAMPLE_RECOVERY = {
  id: '01935a2c-0000-7000-8000-000000000052',
  since: '2026-11-24T02:00:00Z',
  status: 'open',
  begun_by: 'operator',
  begin_date: '2026-11-24T09:12:00Z',
  not_covered: [],
  suppliers: [{ supplier_id: EXAMPLE_IDS.supplier, supplier_name: 'Orange Welcome Travelers', status: 'done' }],
  lost: { one_offer: 212, several_offers: 3, no_offer: 0 },
  booked: 0,
};

/** Examples of answers, by the title of their schema. */
export const RECOVERY_EXAMPLES = {
  Recovery: EXAMPLE_RECOVERY,
  RecoveryBookings: {
    booked: 212,
    refused: [],
    recovery: { ...EXAMPLE_RECOVERY, lost: { one_offer: 0, several_offers: 3, no_offer: 0 }, booked: 212 },
  },
};
