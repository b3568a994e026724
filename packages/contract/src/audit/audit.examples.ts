import { EXAMPLE_IDS, EXAMPLE_SINCE } from '../example-values.ts';

/** Examples of answers, by the title of their schema. */
export const AUDIT_EXAMPLES = {
  ImportReport: { dry_run: false, encoding: 'utf-8', rows: 2, created: 1, changed: 0, unchanged: 1, errors: [] },
  AuditEntry: {
    id: EXAMPLE_IDS.audit,
    date: EXAMPLE_SINCE,
    actor: 'operator',
    action: 'offer.changed',
    subject: EXAMPLE_IDS.offer,
    distributor_id: EXAMPLE_IDS.distributor,
    details: { resell_value: 7.5 },
  },
};
