import { errorBody } from '../errors.ts';
import { EXAMPLE_IDS } from '../example-values.ts';
import { DEFAULT_LANGUAGE } from '../messages/customer-messages.ts';
import type { Operation } from '../operation.ts';
import { reasonsOf } from '../operation-reasons.ts';
import { WIRE_OPERATIONS } from '../operations.ts';
import { REASONS, type Reason, type RefusalDetails, refuse, ruleOf, SUPPLIER_REASONS } from '../reasons.ts';
import { type AnswerHeader, headers, ref } from './headers.ts';
import type { Json } from './schemas.ts';

/** Details for examples of refusals that would say too little without them. */
const DETAILS: { readonly [R in Reason]?: string } = {
  price_changed: '7.92',
  wrong_network: 'Odd Mobile',
  line_limit_reached: '10',
  user_limit_reached: '5',
  malformed_request: 'its headers are too large',
  already_final: 'ok',
  not_sold: 'pending',
  no_receipt: 'pending',
  receipt_sent: '5',
  no_esim: 'it is pending',
  already_decided: 'declined',
  period_closed: '2026-12-01T00:00:00Z',
  period_not_over: '2027-01-01T00:00:00Z',
  too_many_lines: '100000',
  recovery_unfinished: '3 lost sales are neither booked nor accepted',
  foreign_file: 'it names 412 sales of other suppliers',
  end_not_possible: 'there is no sale to be reversed',
  product_does_not_fit: 'its denomination differs',
  body_too_large: '64 kB',
  invalid_csv: 'there is no column units',
  invalid_key: 'it has 1024 bits',
  too_many_passkeys: '20',
  sign_on_unavailable: 'it answered 502',
  sign_on_refused: 'access_denied',
  sign_on_untrusted: 'unexpected ID Token "nonce" claim value',
  not_configured: 'SEALING_KEY',
  too_many_webhooks: '20',
  too_many_clients: '20',
  too_many_accounts: '1000',
  agent_limit_reached: 'units_per_day: 20',
  event_gone: EXAMPLE_IDS.event,
  too_many_streams: '10',
};

const IN_BRACES = Object.fromEntries(
  ['offer_id', 'product_id', 'product_status', 'supplier_id', 'distributor_id', 'supplier_message', 'field'].map(
    (name) => [name, `{${name}}`],
  ),
);

/** Writes the description of a refusal, with the names of what it mentions in braces. */
const pattern = (reason: Reason): string =>
  ruleOf(reason).describe({ ...IN_BRACES, ...(DETAILS[reason] === undefined ? {} : { detail: '{detail}' }) });

/** Makes up what an example of a refusal mentions. */
function detailsOf(reason: Reason): RefusalDetails {
  const detail = DETAILS[reason];
  const field = reason.includes('query') ? 'limit' : reason.includes('header') ? 'Idempotency-Key' : 'name';
  return {
    offer_id: EXAMPLE_IDS.offer,
    product_id: EXAMPLE_IDS.product,
    product_status: 'withdrawn',
    supplier_id: EXAMPLE_IDS.supplier,
    distributor_id: EXAMPLE_IDS.distributor,
    supplier_message: reason.replaceAll('_', ' '),
    field: reason === 'invalid_url_parameter' ? 'id' : field,
    ...(detail === undefined ? {} : { detail }),
  };
}

/** Returns true for what an end customer is told of, and no other request meets. */
const isTold = (reason: Reason): boolean =>
  Object.values(WIRE_OPERATIONS).some((each: Operation) => each.customer && each.reasons?.includes(reason));

function exampleOf(reason: Reason): Json {
  const wasMade = (SUPPLIER_REASONS as readonly Reason[]).includes(reason);
  const refusal = {
    ...refuse(reason, detailsOf(reason)),
    ...(wasMade ? { transaction_id: EXAMPLE_IDS.transaction } : {}),
  };
  const told = isTold(reason) ? ({ language: DEFAULT_LANGUAGE, own: {}, values: {} } as const) : null;
  return { summary: pattern(reason), value: errorBody(refusal, EXAMPLE_IDS.request, told) };
}

const ALL_REASONS = Object.keys(REASONS) as Reason[];

/** Writes an example of every refusal, as it is answered. */
export const errorExamples = (): Json => Object.fromEntries(ALL_REASONS.map((reason) => [reason, exampleOf(reason)]));

const HEADERS_OF_STATUS: Readonly<Record<number, readonly AnswerHeader[]>> = {
  401: ['WWW-Authenticate'],
  409: ['Retry-After'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

/** Writes the answer that refuses for one of these reasons. */
export function refusalResponse(reasons: readonly Reason[], names: readonly AnswerHeader[] = []): Json {
  const told = reasons.map((reason) => {
    const { code, retryable } = ruleOf(reason);
    return `- \`${reason}\` (code ${code}${retryable ? ', retryable' : ''}): ${pattern(reason)}`;
  });
  return {
    description: told.join('\n'),
    headers: headers(...names),
    content: {
      'application/json': {
        schema: ref('schemas', 'Error'),
        examples: Object.fromEntries(reasons.map((reason) => [reason, ref('examples', reason)])),
      },
    },
  };
}

/** Names a shared answer: `MissingCredentialsOrInvalidCredentials`. */
export const nameOf = (reasons: readonly Reason[]): string =>
  reasons.map((reason) => reason.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())).join('Or');

/**
 * Groups the refusals of an operation by status. 400 is told where it stands: it is the longest, and another one
 * everywhere.
 */
export const refusalsOf = (operation: Operation): [status: number, reasons: readonly Reason[]][] => [
  ...Map.groupBy(reasonsOf(operation), (reason) => ruleOf(reason).status),
];

/** Writes the refusals that many operations share, and the one for whatever no operation names. */
export function sharedAnswers(operations: readonly Operation[]): Json {
  const shared = operations.flatMap(refusalsOf).filter(([status]) => status !== 400);
  const named = new Set(operations.flatMap(reasonsOf));
  return {
    ...Object.fromEntries(
      shared
        .map(([status, reasons]) => [nameOf(reasons), refusalResponse(reasons, HEADERS_OF_STATUS[status])] as const)
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
    Error: {
      ...refusalResponse(
        ALL_REASONS.filter((reason) => !named.has(reason)),
        ['Allow'],
      ),
      description: 'Any other refusal',
    },
  };
}
