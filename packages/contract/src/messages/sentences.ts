import type { LINE_FAULTS } from '../lines/line-fault.ts';
import type { Reason } from '../reasons.ts';

/** What a sale that was not refused came to: of a recharge, or of an eSIM. */
export const SALE_ENDS = ['ok', 'pending', 'esim_ok', 'esim_pending'] as const;

/** Whatever an end customer may have to be told. */
export type Outcome = Reason | (typeof SALE_ENDS)[number];

/** What is told of several outcomes, none of which means anything to an end customer. */
type Common = 'not_done' | 'not_now' | 'not_offered' | 'check_number';

/** The outcomes of which that is told. */
export const COMMON = {
  invalid_json: 'not_done',
  missing_offer_id: 'not_done',
  invalid_offer_id: 'not_offered',
  product_unavailable: 'not_offered',
  missing_parameters: 'check_number',
  empty_parameters: 'check_number',
  supplier_not_managed: 'not_offered',
  bad_parameter: 'check_number',
  missing_key: 'not_offered',
  idempotency_conflict: 'not_done',
  reference_conflict: 'not_done',
  alert_exists: 'not_done',
  id_taken: 'not_done',
  too_few_units: 'not_done',
  missing_profile: 'not_done',
  already_final: 'not_done',
  invalid_csv: 'not_done',
  invalid_key: 'not_done',
  too_many_clients: 'not_done',
  too_many_accounts: 'not_done',
  email_taken: 'not_done',
  last_admin: 'not_done',
  already_enrolled: 'not_done',
  invalid_link: 'not_done',
  not_configured: 'not_offered',
  too_many_webhooks: 'not_done',
  malformed_request: 'not_done',
  request_timeout: 'not_now',
  invalid_url_parameter: 'not_done',
  missing_body: 'not_done',
  invalid_body: 'not_done',
  body_too_large: 'not_done',
  missing_body_field: 'not_done',
  invalid_body_field: 'not_done',
  invalid_header: 'not_done',
  missing_query_parameter: 'not_done',
  invalid_query_parameter: 'not_done',
  missing_credentials: 'not_done',
  invalid_credentials: 'not_done',
  code_needed: 'not_done',
  expired_credentials: 'not_now',
  access_denied: 'not_done',
  not_found: 'not_done',
  event_gone: 'not_done',
  method_not_allowed: 'not_done',
  not_acceptable: 'not_done',
  unsupported_media_type: 'not_done',
  too_many_requests: 'not_now',
  too_many_streams: 'not_now',
  over_capacity: 'not_now',
} as const satisfies Partial<Record<Outcome, Common>>;

/** What is told of a line that cannot be recharged: `other_country` mentions `{countries}`, where they are known. */
type OfLine = (typeof LINE_FAULTS)[number] | 'elsewhere';

/** What to tell the end customer, in one language: plain words, nothing internal, safe to show as it is. */
export type Sentences = Readonly<Record<Common | OfLine | Exclude<Outcome, keyof typeof COMMON>, string>>;
