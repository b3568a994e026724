import { EXAMPLE_IDS, EXAMPLE_LINK_TOKEN, EXAMPLE_SOLD } from '../example-values.ts';

const link = {
  id: EXAMPLE_IDS.dispute,
  transaction_id: EXAMPLE_IDS.transaction,
  creation_date: EXAMPLE_SOLD,
  created_by: `client ${EXAMPLE_IDS.client}`,
  expiration_date: '2026-12-08T10:12:56Z',
};

/** Examples of answers, by the title of their schema. */
export const DISPUTE_EXAMPLES = {
  DisputeLink: link,
  NewDisputeLink: { ...link, url: `https://topup.example/d/${EXAMPLE_LINK_TOKEN}` },
};
