import type { TObject } from 'typebox';
import { isOutcome } from './messages/customer-messages.ts';
import type { Access, Operation } from './operation.ts';
import { WIRE_OPERATIONS } from './operations.ts';
import type { Reason } from './reasons.ts';

const wire = new Set<Operation>(Object.values(WIRE_OPERATIONS));

/** Returns true for what answers below every base: the others answer at the root only. */
export const isWire = (operation: Operation): boolean => wire.has(operation);

const MAKE_SOMETHING: readonly Access[] = ['distributor', 'operator', 'account'];

/**
 * Returns true for what may make something of ours, and keeps no `Idempotency-Key`: one that comes would promise too
 * much.
 */
export const refusesKey = ({ method, access, extension, headers }: Operation): boolean =>
  method === 'POST' && extension && !headers && MAKE_SOMETHING.includes(access);

const OF_SESSION = ['missing_credentials', 'invalid_credentials', 'expired_credentials', 'access_denied'] as const;

const OF_ACCESS: Record<Access, readonly Reason[]> = {
  public: [],
  client: ['missing_credentials', 'invalid_credentials'],
  distributor: OF_SESSION,
  operator: OF_SESSION,
  account: OF_SESSION,
  supplier: ['invalid_credentials'],
};

const OF_BODY: readonly Reason[] = [
  'missing_body',
  'invalid_json',
  'invalid_body',
  'missing_body_field',
  'invalid_body_field',
  'body_too_large',
];

/** Returns true for a parameter that has to be given; one with a default need not. */
export const mustBeGiven = ({ required, properties }: TObject, name: string): boolean =>
  (required?.includes(name) ?? false) && (properties[name] as { default?: unknown }).default === undefined;

/** Lists all refusals that a request for this operation may meet: its own, and those that come with how it is asked. */
export function reasonsOf(operation: Operation): Reason[] {
  const { method, access, params, query, headers, body, reasons = [] } = operation;
  const all: Reason[] = [
    ...(params ? (['invalid_url_parameter', 'not_found'] as const) : []),
    ...(query?.required?.some((name) => mustBeGiven(query, name)) ? (['missing_query_parameter'] as const) : []),
    ...(query ? (['invalid_query_parameter'] as const) : []),
    ...(headers || refusesKey(operation) ? (['invalid_header'] as const) : []),
    ...(body ? OF_BODY : []),
    ...(method === 'GET' ? [] : (['unsupported_media_type'] as const)),
    ...reasons,
    ...OF_ACCESS[access],
    ...(isWire(operation) || access === 'distributor' ? (['not_acceptable'] as const) : []),
    'too_many_requests',
    'internal_error',
    'service_unavailable',
    'over_capacity',
  ];
  return [...new Set(all)];
}

/** Returns true where an answer with this refusal says what to tell the end customer. */
export const tellsCustomer = ({ customer, reasons = [] }: Operation, reason: Reason): boolean =>
  customer !== undefined && isOutcome(reason) && (customer === 'buys' || reasons.includes(reason));
