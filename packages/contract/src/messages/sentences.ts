import type { LINE_FAULTS } from '../lines/line-fault.ts';
import type { Reason } from '../reasons.ts';

/** The outcomes of a sale that was not refused: of a recharge, of a PIN, of an eSIM, or of an order that is parked. */
export const SALE_ENDS = ['ok', 'pin_ok', 'pending', 'esim_ok', 'esim_pending', 'parked'] as const;

/** The sentences that several outcomes share, as the difference means nothing to an end customer. */
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
  not_configured: 'not_offered',
  missing_body: 'not_done',
  invalid_body: 'not_done',
  body_too_large: 'not_done',
  missing_body_field: 'not_done',
  invalid_body_field: 'not_done',
  invalid_header: 'not_done',
  missing_credentials: 'not_done',
  invalid_credentials: 'not_done',
  expired_credentials: 'not_now',
  access_denied: 'not_done',
  not_acceptable: 'not_done',
  unsupported_media_type: 'not_done',
  too_many_requests: 'not_now',
  over_capacity: 'not_now',
} as const satisfies Partial<Record<Reason, Common>>;

/** The refusals that have a sentence of their own. */
type Own =
  | 'bucket_empty'
  | 'line_unknown'
  | 'line_barred'
  | 'recently_recharged'
  | 'limit_exceeded'
  | 'supplier_unavailable'
  | 'supplier_out_of_stock'
  | 'supplier_refused'
  | 'not_delivered'
  | 'expired'
  | 'reversed'
  | 'price_changed'
  | 'wrong_network'
  | 'line_limit_reached'
  | 'user_limit_reached'
  | 'order_cancelled'
  | 'idempotency_in_progress'
  | 'not_supported'
  | 'sim_unknown'
  | 'supplier_silent'
  | 'service_unavailable'
  | 'internal_error';

/** Whatever an end customer may have to be told. Of what else a request may meet nobody at a counter has to know. */
export type CustomerOutcome = (typeof SALE_ENDS)[number] | Extract<Reason, Own> | keyof typeof COMMON;

/** The sentences about a line that cannot be recharged: `other_country` mentions `{countries}` where they are known. */
type OfLine = (typeof LINE_FAULTS)[number] | 'elsewhere';

/** The sentences for the end customer in one language: plain words, nothing internal, safe to show unchanged. */
export type Sentences = Readonly<Record<Common | OfLine | Exclude<CustomerOutcome, keyof typeof COMMON>, string>>;
