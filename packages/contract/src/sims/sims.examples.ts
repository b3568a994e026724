import { EXAMPLE_IDS, EXAMPLE_SINCE, EXAMPLE_SOLD } from '../example-values.ts';

/** Examples of answers, by the title of their schema. */
export const SIM_EXAMPLES = {
  SimStatus: {
    status: 'available',
    creation_date: EXAMPLE_SINCE,
    activation_date: EXAMPLE_SINCE,
    last_topup_date: EXAMPLE_SOLD,
    expiration_date: '2026-12-24T10:12:56Z',
    number_expiration_date: '2027-05-24T10:12:56Z',
  },
  UsageBalance: {
    first_activation_date: EXAMPLE_SINCE,
    number_expiration_date: '2027-05-24T10:12:56Z',
    buckets: [
      { name: 'Data', expiration_date: '2026-12-24T10:12:56Z', data_remaining: 7.5, data_unit: 'Go' },
      { name: 'Calls', airtime_remaining: 5400, airtime_unit: 'seconds' },
    ],
  },
  DistributorBalance: {
    start_date: '2026-10-01T00:00:00Z',
    end_date: '2026-10-31T23:59:59Z',
    zones: [{ name: 'Italy', code: 'IT', data_unit: 'Go', data_amount: 128.4 }],
  },
  NumberLookup: {
    msisdn: '+33684587587',
    country: 'FR',
    kind: 'mobile',
    networks: [{ name: 'Orange France', identified: true }],
    networks_date: EXAMPLE_SOLD,
    offers: [
      { id: EXAMPLE_IDS.offer, name: 'Mobile France 10 EUR', network: 'Orange France', is_certain: true, bucket: 40 },
    ],
  },
  SimulatorNumber: {
    ending: '002',
    order: { description: 'The line is barred', status: 'ko', reason: 'line_barred' },
  },
};
