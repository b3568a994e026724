import { OWN_ACCOUNT_OPERATIONS } from './access/accounts.operations.ts';
import { OPERATOR_CREDENTIAL_OPERATIONS, OWN_CREDENTIAL_OPERATIONS } from './access/credentials.operations.ts';
import { OPERATOR_ACCOUNT_OPERATIONS } from './access/operator-accounts.operations.ts';
import { PASSKEY_OPERATIONS } from './access/passkeys.operations.ts';
import {
  ACCOUNT_SIGN_ON_OPERATIONS,
  OPERATOR_SIGN_ON_OPERATIONS,
  OWN_SIGN_ON_OPERATIONS,
} from './access/sign-on.operations.ts';
import { STAFF_OPERATIONS } from './access/staff.operations.ts';
import { AGENT_OPERATIONS } from './agents/agents.operations.ts';
import { OPERATOR_AUDIT_OPERATIONS } from './audit/audit.operations.ts';
import { WIRE_COUNTRY_OPERATIONS } from './catalogue/countries.operations.ts';
import { OPERATOR_IMPORT_OPERATIONS } from './catalogue/imports.operations.ts';
import { OFFER_OPERATIONS, OPERATOR_OFFER_OPERATIONS, WIRE_OFFER_OPERATIONS } from './catalogue/offers.operations.ts';
import { OPERATOR_PRODUCT_OPERATIONS } from './catalogue/products.operations.ts';
import { OPERATOR_ROUTE_OPERATIONS } from './catalogue/routes.operations.ts';
import { OPERATOR_SUPPLIER_TRAFFIC_OPERATIONS } from './catalogue/supplier-traffic.operations.ts';
import { OPERATOR_SUPPLIER_OPERATIONS, WIRE_SUPPLIER_OPERATIONS } from './catalogue/suppliers.operations.ts';
import { CHAOS_OPERATIONS } from './chaos/chaos.operations.ts';
import { DISPUTE_OPERATIONS, OPERATOR_DISPUTE_OPERATIONS } from './disputes/disputes.operations.ts';
import { OPERATOR_DISTRIBUTOR_OPERATIONS } from './distributors/distributors.operations.ts';
import { RECEIPT_SETTINGS_OPERATIONS } from './distributors/receipt-settings.operations.ts';
import { SANDBOX_CLOCK_OPERATIONS } from './distributors/sandbox-clock.operations.ts';
import { OPERATOR_SETTINGS_OPERATIONS, SETTINGS_OPERATIONS } from './distributors/settings.operations.ts';
import { IDENTIFICATION_OPERATIONS, OPERATOR_IDENTIFICATION_OPERATIONS } from './esims/identifications.operations.ts';
import { WIRE_KEY_OPERATIONS } from './esims/keys.operations.ts';
import { ESIM_OPERATIONS } from './esims/showings.operations.ts';
import { EVENT_OPERATIONS, OPERATOR_EVENT_OPERATIONS } from './events/events.operations.ts';
import { OPERATOR_LEDGER_OPERATIONS } from './ledger/ledger.operations.ts';
import { CUSTOMER_MESSAGE_OPERATIONS } from './messages/customer-messages.operations.ts';
import type { Operation } from './operation.ts';
import { OPERATOR_PARKING_OPERATIONS, PARKING_OPERATIONS } from './parking/parking.operations.ts';
import { OPERATOR_PROOF_OPERATIONS, PROOF_OPERATIONS } from './proofs/proofs.operations.ts';
import { OPERATOR_RECONCILIATION_OPERATIONS } from './reconciliation/reconciliation.operations.ts';
import { OPERATOR_RECOVERY_OPERATIONS } from './recovery/recovery.operations.ts';
import { OPERATOR_REFILL_OPERATIONS, REFILL_OPERATIONS } from './refills/refills.operations.ts';
import { OPERATOR_OVERVIEW_OPERATIONS, OVERVIEW_OPERATIONS } from './reports/overview.operations.ts';
import { OPERATOR_RANKING_OPERATIONS } from './reports/ranking.operations.ts';
import { OPERATOR_REPLAY_OPERATIONS } from './reports/replays.operations.ts';
import { REQUEST_OPERATIONS } from './requests/requests.operations.ts';
import { OPERATOR_REVERSAL_OPERATIONS, REVERSAL_OPERATIONS } from './reversals/reversals.operations.ts';
import { OPERATOR_TRANSACTION_OPERATIONS } from './sales/all-transactions.operations.ts';
import { ATTEMPT_OPERATIONS, OPERATOR_ATTEMPT_OPERATIONS } from './sales/attempts.operations.ts';
import { SUPPLIER_OPERATIONS } from './sales/callbacks.operations.ts';
import { OPERATOR_CLAIM_OPERATIONS } from './sales/claims.operations.ts';
import { OPERATOR_TOTALS_OPERATIONS, TOTALS_OPERATIONS } from './sales/transaction-totals.operations.ts';
import { WIRE_TRANSACTION_OPERATIONS } from './sales/transactions.operations.ts';
import { SERVICE_OPERATIONS, WIRE_SERVICE_OPERATIONS } from './service.operations.ts';
import { OPERATOR_SIGNING_OPERATIONS } from './signing/signing.operations.ts';
import { LOOKUP_OPERATIONS } from './sims/lookup.operations.ts';
import { WIRE_SIM_OPERATIONS } from './sims/sims.operations.ts';
import { SIMULATOR_OPERATIONS } from './sims/simulator.operations.ts';
import { OPERATOR_STATEMENT_OPERATIONS, STATEMENT_OPERATIONS } from './statements/statements.operations.ts';
import { ALERT_OPERATIONS } from './stock/alerts.operations.ts';
import { STOCK_OPERATIONS } from './stock/stock.operations.ts';
import { WEBHOOK_OPERATIONS } from './webhooks/webhooks.operations.ts';

export { SERVICE_OPERATIONS, SUPPLIER_OPERATIONS };

// Within each of these, operations stand in the order in which the description lists them.

/** Travel B2B 1.7, distributor side: these answer below every base. */
export const WIRE_OPERATIONS = {
  ...WIRE_SERVICE_OPERATIONS,
  ...WIRE_COUNTRY_OPERATIONS,
  ...WIRE_OFFER_OPERATIONS,
  ...WIRE_TRANSACTION_OPERATIONS,
  ...WIRE_SUPPLIER_OPERATIONS,
  ...WIRE_SIM_OPERATIONS,
  ...WIRE_KEY_OPERATIONS,
} as const;

/** Operations that OpenTopup adds for distributors, under `/v1`. */
export const DISTRIBUTOR_OPERATIONS = {
  ...OFFER_OPERATIONS,
  ...PARKING_OPERATIONS,
  ...ATTEMPT_OPERATIONS,
  ...TOTALS_OPERATIONS,
  ...REVERSAL_OPERATIONS,
  ...PROOF_OPERATIONS,
  ...DISPUTE_OPERATIONS,
  ...STATEMENT_OPERATIONS,
  ...STOCK_OPERATIONS,
  ...REFILL_OPERATIONS,
  ...OVERVIEW_OPERATIONS,
  ...ALERT_OPERATIONS,
  ...CUSTOMER_MESSAGE_OPERATIONS,
  ...SETTINGS_OPERATIONS,
  ...RECEIPT_SETTINGS_OPERATIONS,
  ...LOOKUP_OPERATIONS,
  ...ESIM_OPERATIONS,
  ...IDENTIFICATION_OPERATIONS,
  ...SIMULATOR_OPERATIONS,
  ...SANDBOX_CLOCK_OPERATIONS,
  ...CHAOS_OPERATIONS,
  ...STAFF_OPERATIONS,
  ...OWN_SIGN_ON_OPERATIONS,
  ...OWN_CREDENTIAL_OPERATIONS,
  ...REQUEST_OPERATIONS,
  ...AGENT_OPERATIONS,
  ...EVENT_OPERATIONS,
  ...WEBHOOK_OPERATIONS,
} as const;

/** Operations of the operator, under `/admin/v1`. */
export const OPERATOR_OPERATIONS = {
  ...OPERATOR_DISTRIBUTOR_OPERATIONS,
  ...OPERATOR_SETTINGS_OPERATIONS,
  ...OPERATOR_CREDENTIAL_OPERATIONS,
  ...OPERATOR_SUPPLIER_OPERATIONS,
  ...OPERATOR_SUPPLIER_TRAFFIC_OPERATIONS,
  ...OPERATOR_PRODUCT_OPERATIONS,
  ...OPERATOR_OFFER_OPERATIONS,
  ...OPERATOR_ROUTE_OPERATIONS,
  ...OPERATOR_IMPORT_OPERATIONS,
  ...OPERATOR_LEDGER_OPERATIONS,
  ...OPERATOR_REFILL_OPERATIONS,
  ...OPERATOR_PARKING_OPERATIONS,
  ...OPERATOR_OVERVIEW_OPERATIONS,
  ...OPERATOR_RANKING_OPERATIONS,
  ...OPERATOR_REPLAY_OPERATIONS,
  // Before the decision about it: every example is called in this order.
  ...OPERATOR_CLAIM_OPERATIONS,
  ...OPERATOR_TRANSACTION_OPERATIONS,
  ...OPERATOR_ATTEMPT_OPERATIONS,
  ...OPERATOR_TOTALS_OPERATIONS,
  ...OPERATOR_REVERSAL_OPERATIONS,
  ...OPERATOR_PROOF_OPERATIONS,
  ...OPERATOR_DISPUTE_OPERATIONS,
  ...OPERATOR_STATEMENT_OPERATIONS,
  ...OPERATOR_RECONCILIATION_OPERATIONS,
  ...OPERATOR_RECOVERY_OPERATIONS,
  ...OPERATOR_IDENTIFICATION_OPERATIONS,
  ...OPERATOR_EVENT_OPERATIONS,
  ...OPERATOR_AUDIT_OPERATIONS,
  ...OPERATOR_SIGNING_OPERATIONS,
  ...OPERATOR_ACCOUNT_OPERATIONS,
  ...OPERATOR_SIGN_ON_OPERATIONS,
} as const;

/** Operations of people on their own account, under `/accounts/v1`. */
export const ACCOUNT_OPERATIONS = {
  ...OWN_ACCOUNT_OPERATIONS,
  ...ACCOUNT_SIGN_ON_OPERATIONS,
  ...PASSKEY_OPERATIONS,
} as const;

/** The paths below which the operations of the wire answer, each with its world. The live one has the root too. */
export const BASES = [
  { prefix: '/travel-b2b/v1', world: 'live' },
  { prefix: '', world: 'live' },
  { prefix: '/travel-b2b-sandbox/v1', world: 'sandbox' },
] as const;

/** Every operation there is. */
export const OPERATIONS: readonly Operation[] = [
  ...Object.values(SERVICE_OPERATIONS),
  ...Object.values(WIRE_OPERATIONS),
  ...Object.values(DISTRIBUTOR_OPERATIONS),
  ...Object.values(OPERATOR_OPERATIONS),
  ...Object.values(SUPPLIER_OPERATIONS),
  ...Object.values(ACCOUNT_OPERATIONS),
];
