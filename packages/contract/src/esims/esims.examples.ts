import { EXAMPLE_IDS, EXAMPLE_PUBLIC_KEY, EXAMPLE_SOLD } from '../example-values.ts';

/** Examples of answers, by the title of their schema. */
export const ESIM_EXAMPLES = {
  EsimHolder: { holder: 'server' },
  EsimShowing: { lpa: 'LPA:1$smdp.example$OT-123456-654321' },
  DistributorKey: { key_type: 'rsa256', public_key_value: EXAMPLE_PUBLIC_KEY },
  IdentificationCase: {
    transaction_id: EXAMPLE_IDS.esim,
    offer_name: 'eSIM Europe 12 Go',
    user_id: 'till 7',
    sale_date: EXAMPLE_SOLD,
    level: 1,
    url: 'https://kyc.example/identify',
    deadline: '2026-12-24T10:12:56Z',
    status: 'pending',
    reminders: 1,
    last_reminder_date: EXAMPLE_SOLD,
  },
};
