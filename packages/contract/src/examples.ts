import { ACCOUNT_EXAMPLES } from './access/accounts.examples.ts';
import { CREDENTIAL_EXAMPLES } from './access/credentials.examples.ts';
import { PASSKEY_EXAMPLES } from './access/passkeys.examples.ts';
import { SIGN_ON_EXAMPLES } from './access/sign-on.examples.ts';
import { AGENT_EXAMPLES } from './agents/agents.examples.ts';
import { AUDIT_EXAMPLES } from './audit/audit.examples.ts';
import { CATALOGUE_EXAMPLES } from './catalogue/catalogue.examples.ts';
import { CHAOS_EXAMPLES } from './chaos/chaos.examples.ts';
import { DISPUTE_EXAMPLES } from './disputes/disputes.examples.ts';
import { DISTRIBUTOR_EXAMPLES } from './distributors/distributors.examples.ts';
import { ESIM_EXAMPLES } from './esims/esims.examples.ts';
import { EVENT_EXAMPLES } from './events/events.examples.ts';
import { LEDGER_EXAMPLES } from './ledger/ledger.examples.ts';
import { CUSTOMER_MESSAGE_EXAMPLES } from './messages/customer-messages.examples.ts';
import { PARKING_EXAMPLES } from './parking/parking.examples.ts';
import { PROOF_EXAMPLES } from './proofs/proofs.examples.ts';
import { RECONCILIATION_EXAMPLES } from './reconciliation/reconciliation.examples.ts';
import { RECOVERY_EXAMPLES } from './recovery/recovery.examples.ts';
import { REFILL_EXAMPLES } from './refills/refills.examples.ts';
import { OVERVIEW_EXAMPLES } from './reports/overview.examples.ts';
import { RANKING_EXAMPLES } from './reports/ranking.examples.ts';
import { REPLAY_EXAMPLES } from './reports/replays.examples.ts';
import { REQUEST_EXAMPLES } from './requests/requests.examples.ts';
import { REVERSAL_EXAMPLES } from './reversals/reversals.examples.ts';
import { TRANSACTION_EXAMPLES } from './sales/transactions.examples.ts';
import { SERVICE_EXAMPLES } from './service.examples.ts';
import { SIGNING_EXAMPLES } from './signing/signing.examples.ts';
import { SIM_EXAMPLES } from './sims/sims.examples.ts';
import { STATEMENT_EXAMPLES } from './statements/statements.examples.ts';
import { STOCK_EXAMPLES } from './stock/stock.examples.ts';
import { WEBHOOK_EXAMPLES } from './webhooks/webhooks.examples.ts';

/** One example of what is answered, by the title of its schema. */
export const EXAMPLES: Readonly<Record<string, unknown>> = {
  ...SERVICE_EXAMPLES,
  ...SIGNING_EXAMPLES,
  ...CATALOGUE_EXAMPLES,
  ...TRANSACTION_EXAMPLES,
  ...REVERSAL_EXAMPLES,
  ...PROOF_EXAMPLES,
  ...DISPUTE_EXAMPLES,
  ...SIM_EXAMPLES,
  ...ESIM_EXAMPLES,
  ...STATEMENT_EXAMPLES,
  ...STOCK_EXAMPLES,
  ...PARKING_EXAMPLES,
  ...REFILL_EXAMPLES,
  ...OVERVIEW_EXAMPLES,
  ...RANKING_EXAMPLES,
  ...REPLAY_EXAMPLES,
  ...CUSTOMER_MESSAGE_EXAMPLES,
  ...DISTRIBUTOR_EXAMPLES,
  ...CREDENTIAL_EXAMPLES,
  ...REQUEST_EXAMPLES,
  ...CHAOS_EXAMPLES,
  ...AGENT_EXAMPLES,
  ...EVENT_EXAMPLES,
  ...WEBHOOK_EXAMPLES,
  ...LEDGER_EXAMPLES,
  ...RECONCILIATION_EXAMPLES,
  ...RECOVERY_EXAMPLES,
  ...AUDIT_EXAMPLES,
  ...ACCOUNT_EXAMPLES,
  ...SIGN_ON_EXAMPLES,
  ...PASSKEY_EXAMPLES,
};
