/**
 * Every refusal of the platform, once: its HTTP status, the operator's API-wide code, the description that existing
 * clients match on, and whether the same request may succeed later without being changed.
 *
 * Source: Travel B2B API 1.7, "Errors". The descriptions of the sale are protocol, to the letter.
 */

import type { LineFault } from './lines/line-fault.ts';

/** The values for descriptions. Each reason uses only what it needs; all are ids, a status or free text of ours. */
export interface RefusalDetails {
  offer_id?: string;
  product_id?: string;
  product_status?: string;
  supplier_id?: string;
  distributor_id?: string;
  /** The supplier's own words, as its connector reports them. */
  supplier_message?: string;
  /** The name of the field, parameter or header that is wrong. */
  field?: string;
  /** Why the line of an order is refused; beside the description, which is protocol. */
  line_fault?: LineFault;
  /** A sentence that says what is wrong, where the reason alone does not. */
  detail?: string;
  /** After how many seconds the same may be tried again, where that is known; told in the header `Retry-After`. */
  retry_after_s?: number;
  /** The error code that OAuth 2.0 clients match on (RFC 6749, 5.2), at the token endpoint. */
  oauth_error?: 'invalid_client' | 'invalid_request' | 'unsupported_grant_type' | 'invalid_scope';
}

interface ReasonRule {
  /** HTTP status. */
  status: number;
  /** The operator's API-wide code; 0 where none fits. */
  code: number;
  /** True when the same request, unchanged, may succeed later. */
  retryable: boolean;
  describe: (d: RefusalDetails) => string;
}

const supplierSaidNo = (d: RefusalDetails): string =>
  `transaction failed (bucket unchanged) supplier ${d.supplier_id} product ${d.product_id} offer ${d.offer_id} ` +
  `distributor ${d.distributor_id} message ${d.supplier_message}`;

const supplierRefusal = { status: 400, code: 0, retryable: false, describe: supplierSaidNo } as const;

/** The reasons a supplier may give for a `ko`. A connector translates its dialect into these. */
export const SUPPLIER_REASONS = [
  'line_unknown',
  'line_barred',
  'recently_recharged',
  'limit_exceeded',
  'supplier_unavailable',
  'supplier_out_of_stock',
  'supplier_refused',
] as const;
export type SupplierReason = (typeof SUPPLIER_REASONS)[number];

export const REASONS = {
  // The sale: all 400, told apart by their description.
  invalid_json: { status: 400, code: 22, retryable: false, describe: () => 'unable to decode json body' },
  missing_offer_id: { status: 400, code: 23, retryable: false, describe: () => 'missing offer_id parameter in body' },
  invalid_offer_id: { status: 400, code: 24, retryable: false, describe: () => 'invalid offer_id parameter' },
  product_unavailable: {
    status: 400,
    code: 0,
    retryable: false,
    describe: (d) => `product ${d.product_id} not available (${d.product_status}) for offer ${d.offer_id}`,
  },
  bucket_empty: { status: 400, code: 0, retryable: true, describe: (d) => `bucket empty for offer ${d.offer_id}` },
  missing_parameters: {
    status: 400,
    code: 23,
    retryable: false,
    describe: () => 'missing parameters parameter in body',
  },
  empty_parameters: { status: 400, code: 23, retryable: false, describe: () => 'parameters not set in body' },
  supplier_not_managed: {
    status: 400,
    code: 0,
    retryable: false,
    describe: (d) => `supplier ${d.supplier_id} not managed yet`,
  },
  bad_parameter: {
    status: 400,
    code: 24,
    retryable: false,
    describe: (d) => `bad parameter for transaction for offer ${d.offer_id}`,
  },
  line_unknown: supplierRefusal,
  line_barred: supplierRefusal,
  recently_recharged: supplierRefusal,
  limit_exceeded: supplierRefusal,
  supplier_unavailable: { ...supplierRefusal, retryable: true },
  supplier_out_of_stock: { ...supplierRefusal, retryable: true },
  supplier_refused: supplierRefusal,

  // A sale without an answer, once its fate was decided.
  not_delivered: { ...supplierRefusal, retryable: true },
  expired: supplierRefusal,
  reversed: { status: 400, code: 0, retryable: false, describe: () => 'the transaction was reversed' },

  // The sale, by what OpenTopup adds to it.
  price_changed: {
    status: 400,
    code: 0,
    retryable: false,
    describe: (d) => `offer ${d.offer_id} costs more than max_price${d.detail ? `: ${d.detail}` : ''}`,
  },
  wrong_network: {
    status: 400,
    code: 0,
    retryable: false,
    describe: (d) => `offer ${d.offer_id} is for another network than this number's${d.detail ? `: ${d.detail}` : ''}`,
  },
  line_limit_reached: {
    status: 400,
    code: 0,
    retryable: true,
    describe: (d) => `this line has reached your limit of ${d.detail} units a day`,
  },
  user_limit_reached: {
    status: 400,
    code: 0,
    retryable: true,
    describe: (d) => `this user_id has reached your limit of ${d.detail} units an hour`,
  },
  order_cancelled: { status: 400, code: 0, retryable: false, describe: () => 'the parked order was cancelled' },
  missing_key: {
    status: 400,
    code: 0,
    retryable: false,
    describe: () => 'no distributor key: an eSIM cannot be sold before POST /distributors/keys',
  },

  // Idempotency-Key (IETF draft-ietf-httpapi-idempotency-key-header).
  idempotency_conflict: {
    status: 422,
    code: 26,
    retryable: false,
    describe: () => 'Idempotency-Key was already used with another body',
  },
  idempotency_in_progress: {
    status: 409,
    code: 26,
    retryable: true,
    describe: () => 'the first request with this Idempotency-Key is still in progress',
  },

  // What the operator and the distributor set up.
  reference_conflict: {
    status: 409,
    code: 24,
    retryable: false,
    describe: () => 'this reference was already used for another booking',
  },
  alert_exists: {
    status: 409,
    code: 24,
    retryable: false,
    describe: () => 'there is already an alert for this offer, or for all',
  },
  id_taken: { status: 409, code: 24, retryable: false, describe: () => 'this id is already used' },
  product_does_not_fit: {
    status: 400,
    code: 24,
    retryable: false,
    describe: (d) => `product ${d.product_id} does not deliver the same as offer ${d.offer_id}: ${d.detail}`,
  },
  too_few_units: {
    status: 400,
    code: 24,
    retryable: false,
    describe: () => 'fewer units are available than this takes away',
  },
  missing_profile: {
    status: 409,
    code: 0,
    retryable: false,
    describe: () => 'this eSIM cannot be sold: no profile of it was ever delivered',
  },
  already_final: {
    status: 409,
    code: 0,
    retryable: false,
    describe: (d) => `the transaction is already ${d.detail}`,
  },
  not_sold: {
    status: 409,
    code: 0,
    retryable: false,
    describe: (d) => `only a sale that is ok can be reversed; this one is ${d.detail}`,
  },
  no_receipt: {
    status: 409,
    code: 0,
    retryable: false,
    describe: (d) => `only a sale that is ok has a receipt; this one is ${d.detail}`,
  },
  no_esim: {
    status: 409,
    code: 0,
    retryable: false,
    describe: (d) => `there is no eSIM of this sale to be shown: ${d.detail}`,
  },
  esim_not_held: {
    status: 409,
    code: 0,
    retryable: false,
    describe: () => 'this eSIM was delivered to the distributor alone: only its private key reads it',
  },
  no_own_key: {
    status: 409,
    code: 0,
    retryable: false,
    describe: () => 'nobody could read your next eSIMs: set your public key first',
  },
  receipt_sent: {
    status: 409,
    code: 0,
    retryable: false,
    describe: (d) => `the receipt of this sale was sent ${d.detail} times already`,
  },
  already_reversed: { status: 409, code: 0, retryable: false, describe: () => 'the transaction is already reversed' },
  reversal_requested: {
    status: 409,
    code: 0,
    retryable: false,
    describe: () => 'there is a request already to reverse this transaction: it waits for a decision',
  },
  already_claimed: {
    status: 409,
    code: 0,
    retryable: false,
    describe: (d) => `somebody else takes care of this transaction${d.detail ? `: ${d.detail}` : ''}`,
  },
  already_decided: {
    status: 409,
    code: 0,
    retryable: false,
    describe: (d) => `the request is already ${d.detail}`,
  },
  already_running: {
    status: 409,
    code: 0,
    retryable: true,
    describe: () => 'the same is under way already: wait until it has ended',
  },
  recovery_ended: { status: 409, code: 0, retryable: false, describe: () => 'the recovery has ended' },
  recovery_unfinished: {
    status: 409,
    code: 0,
    retryable: false,
    describe: (d) => `sales stay closed: ${d.detail}`,
  },
  file_known: { status: 409, code: 0, retryable: false, describe: () => 'this file was compared before' },
  foreign_file: {
    status: 400,
    code: 24,
    retryable: false,
    describe: (d) => `this file is not of this supplier: ${d.detail}`,
  },
  end_not_possible: {
    status: 409,
    code: 0,
    retryable: false,
    describe: (d) => `this difference cannot be ended so: ${d.detail}`,
  },
  second_person_needed: {
    status: 403,
    code: 50,
    retryable: false,
    describe: () => 'a signed-in account has to approve this, other than who has requested it',
  },
  refill_open: {
    status: 409,
    code: 0,
    retryable: false,
    describe: () => 'units are ordered for this offer already: the order waits for a decision',
  },
  statement_closing: {
    status: 409,
    code: 0,
    retryable: true,
    describe: () => 'a statement of this distributor is being closed',
  },
  period_closed: {
    status: 409,
    code: 0,
    retryable: false,
    describe: (d) => `the statements up to ${d.detail} are closed, and none ends with this day`,
  },
  period_not_over: {
    status: 409,
    code: 0,
    retryable: false,
    describe: (d) => `a statement can be closed once its time is over: at ${d.detail}`,
  },
  too_many_lines: {
    status: 409,
    code: 0,
    retryable: false,
    describe: (d) => `a workbook has ${d.detail} lines at most: take CSV`,
  },
  invalid_csv: { status: 400, code: 22, retryable: false, describe: (d) => `invalid CSV: ${d.detail}` },
  invalid_key: { status: 400, code: 24, retryable: false, describe: (d) => `invalid public key: ${d.detail}` },
  already_identified: {
    status: 409,
    code: 0,
    retryable: false,
    describe: () => 'the user of this eSIM is already identified',
  },
  too_many_webhooks: {
    status: 409,
    code: 0,
    retryable: false,
    describe: (d) => `a distributor has ${d.detail} webhooks at most`,
  },

  too_many_clients: {
    status: 409,
    code: 0,
    retryable: false,
    describe: (d) => `a distributor makes ${d.detail} clients at most: revoke one first`,
  },
  offer_not_allowed: {
    status: 403,
    code: 50,
    retryable: false,
    describe: (d) => `this agent may not sell offer ${d.offer_id}${d.detail ? `: ${d.detail}` : ''}`,
  },
  agent_limit_reached: {
    status: 400,
    code: 0,
    retryable: true,
    describe: (d) => `this agent has reached its cap ${d.detail}`,
  },
  preview_not_released: {
    status: 409,
    code: 0,
    retryable: true,
    describe: () => 'nobody has released this preview yet',
  },
  preview_expired: {
    status: 409,
    code: 0,
    retryable: false,
    describe: () => 'the time of this preview is over: make another one',
  },
  too_many_accounts: {
    status: 409,
    code: 0,
    retryable: false,
    describe: (d) => `a distributor has ${d.detail} accounts at most`,
  },
  email_taken: {
    status: 409,
    code: 24,
    retryable: false,
    describe: () => 'there is an account with this e-mail address',
  },
  last_admin: {
    status: 409,
    code: 0,
    retryable: false,
    describe: () => 'this is the last administrator: make another one first',
  },
  already_enrolled: {
    status: 409,
    code: 0,
    retryable: false,
    describe: () => 'this account has a second factor: remove it first',
  },
  invalid_link: {
    status: 400,
    code: 24,
    retryable: false,
    describe: () => 'this link was used, or replaced by another one, or its time is over',
  },

  // Passkeys.
  passkey_refused: {
    status: 401,
    code: 41,
    retryable: false,
    describe: () => 'this passkey is not known here, or what it has answered does not count',
  },
  too_many_passkeys: {
    status: 409,
    code: 0,
    retryable: false,
    describe: (d) => `an account has ${d.detail} passkeys at most: remove one first`,
  },
  last_way_in: {
    status: 409,
    code: 0,
    retryable: false,
    describe: () => 'this is the only way in to the account: set a password first',
  },

  // Signing in at a provider.
  sign_on_needed: {
    status: 403,
    code: 0,
    retryable: false,
    describe: () => 'sign in at the provider of your business: here, passwords and passkeys do not count',
  },
  sign_on_unavailable: {
    status: 503,
    code: 5,
    retryable: true,
    describe: (d) => `the sign-in provider does not answer as it should: ${d.detail}`,
  },
  sign_on_refused: {
    status: 403,
    code: 0,
    retryable: false,
    describe: (d) => `the sign-in provider has refused: ${d.detail}`,
  },
  sign_on_untrusted: {
    status: 403,
    code: 0,
    retryable: false,
    describe: (d) => `what the sign-in provider says cannot be trusted: ${d.detail}`,
  },
  sign_on_expired: {
    status: 400,
    code: 0,
    retryable: false,
    describe: () => 'this sign-in was begun too long ago, or in another browser: begin again',
  },
  sign_on_no_email: {
    status: 403,
    code: 0,
    retryable: false,
    describe: () => 'the sign-in provider gives no e-mail address that it has checked',
  },
  sign_on_no_role: {
    status: 403,
    code: 0,
    retryable: false,
    describe: () => 'the sign-in provider says nothing that stands for a role here',
  },
  sign_on_role_lost: {
    status: 403,
    code: 0,
    retryable: false,
    describe: () => 'the sign-in provider gives this account no role here any more: its sessions have ended',
  },
  sign_on_last_admin: {
    status: 409,
    code: 0,
    retryable: false,
    describe: () =>
      'the sign-in provider takes the role of the last administrator away: another one has to come in first. Its sessions have ended',
  },
  sign_on_not_linked: {
    status: 409,
    code: 0,
    retryable: false,
    describe: () => 'there is an account with this e-mail address: sign in to it and link it first',
  },
  sign_on_linked: {
    status: 409,
    code: 0,
    retryable: false,
    describe: () => 'another account is linked with this person at the sign-in provider',
  },
  sign_on_unproven: {
    status: 409,
    code: 0,
    retryable: false,
    describe: () => 'nobody could get in: first an administrator has to sign in at this provider',
  },

  not_configured: {
    status: 503,
    code: 5,
    retryable: false,
    describe: (d) => `the operator has not set ${d.detail}, which this needs`,
  },

  // Questions to a supplier.
  not_supported: {
    status: 400,
    code: 0,
    retryable: false,
    describe: (d) => `not available for supplier ${d.supplier_id}${d.detail ? `: ${d.detail}` : ''}`,
  },
  sim_unknown: { status: 404, code: 60, retryable: false, describe: () => 'the supplier does not know this SIM' },
  supplier_silent: {
    status: 503,
    code: 5,
    retryable: true,
    describe: (d) => `supplier ${d.supplier_id} does not answer`,
  },

  // Any request.
  malformed_request: {
    status: 400,
    code: 0,
    retryable: false,
    describe: (d) => `this request cannot be read: ${d.detail}`,
  },
  request_timeout: { status: 408, code: 0, retryable: true, describe: () => 'the request did not arrive in time' },
  invalid_url_parameter: {
    status: 400,
    code: 20,
    retryable: false,
    describe: (d) => `invalid ${d.field} parameter in URL`,
  },
  missing_body: { status: 400, code: 21, retryable: false, describe: () => 'unable to decode json body' },
  invalid_body: { status: 400, code: 22, retryable: false, describe: (d) => d.detail ?? 'invalid body' },
  body_too_large: { status: 413, code: 22, retryable: false, describe: (d) => `body larger than ${d.detail}` },
  missing_body_field: {
    status: 400,
    code: 23,
    retryable: false,
    describe: (d) => `missing ${d.field} parameter in body`,
  },
  invalid_body_field: {
    status: 400,
    code: 24,
    retryable: false,
    describe: (d) => `invalid ${d.field} parameter in body${d.detail ? `: ${d.detail}` : ''}`,
  },
  invalid_header: {
    status: 400,
    code: 26,
    retryable: false,
    describe: (d) => `invalid ${d.field} header${d.detail ? `: ${d.detail}` : ''}`,
  },
  missing_query_parameter: {
    status: 400,
    code: 27,
    retryable: false,
    describe: (d) => `missing ${d.field} parameter in query`,
  },
  invalid_query_parameter: {
    status: 400,
    code: 28,
    retryable: false,
    describe: (d) => `invalid ${d.field} parameter in query${d.detail ? `: ${d.detail}` : ''}`,
  },
  missing_credentials: { status: 401, code: 40, retryable: false, describe: () => 'missing credentials' },
  invalid_credentials: { status: 401, code: 41, retryable: false, describe: () => 'invalid credentials' },
  code_needed: {
    status: 401,
    code: 40,
    retryable: false,
    describe: () => 'the code of the second factor is needed too',
  },
  expired_credentials: { status: 401, code: 42, retryable: true, describe: () => 'expired credentials' },
  access_denied: {
    status: 403,
    code: 50,
    retryable: false,
    describe: (d) => `access denied${d.detail ? `: ${d.detail}` : ''}`,
  },
  sandbox_only: {
    status: 403,
    code: 50,
    retryable: false,
    describe: () => 'only a sandbox has this: call with a client of the sandbox',
  },
  not_found: { status: 404, code: 60, retryable: false, describe: (d) => d.detail ?? 'resource not found' },
  event_gone: {
    status: 410,
    code: 60,
    retryable: false,
    describe: (d) => `event ${d.detail} is not kept any more: what came after it may be missing`,
  },
  method_not_allowed: { status: 405, code: 61, retryable: false, describe: () => 'method not allowed' },
  not_acceptable: { status: 406, code: 62, retryable: false, describe: (d) => d.detail ?? 'not acceptable' },
  unsupported_media_type: {
    status: 415,
    code: 68,
    retryable: false,
    describe: (d) => d.detail ?? 'unsupported media type',
  },
  too_many_streams: {
    status: 429,
    code: 53,
    retryable: true,
    describe: (d) => `more than ${d.detail} streams of events at the same time`,
  },
  too_many_requests: { status: 429, code: 53, retryable: true, describe: () => 'too many requests' },
  internal_error: { status: 500, code: 1, retryable: false, describe: () => 'internal error' },
  service_unavailable: {
    status: 503,
    code: 5,
    retryable: true,
    describe: (d) => `service unavailable${d.detail ? `: ${d.detail}` : ''}`,
  },
  over_capacity: { status: 503, code: 6, retryable: true, describe: () => 'over capacity' },
} satisfies Record<string, ReasonRule>;

/** The stable machine code of a refusal; sent as `reason`. */
export type Reason = keyof typeof REASONS;

/** Why something was not done: what every expected refusal in the program is made of. */
export interface Refusal {
  reason: Reason;
  details: RefusalDetails;
  /** Set when the refusal belongs to a recorded transaction (the supplier was asked). */
  transaction_id?: string;
}

export const refuse = (reason: Reason, details: RefusalDetails = {}): Refusal => ({ reason, details });

/** Returns the rule of a reason, as one type for all reasons. */
export const ruleOf = (reason: Reason): ReasonRule => REASONS[reason];
