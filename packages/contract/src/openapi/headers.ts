import type { Json } from './schemas.ts';

/** Refers to one of the document's components. */
export const ref = (kind: string, name: string): Json => ({ $ref: `#/components/${kind}/${name}` });

/** The headers of answers. */
export const ANSWER_HEADERS = {
  'X-Request-Id': { description: 'Names this request in the log', schema: { type: 'string', format: 'uuid' } },
  Allow: { description: 'The methods that the path has', schema: { type: 'string' } },
  'WWW-Authenticate': { description: 'How to prove who you are', schema: { type: 'string' } },
  'Retry-After': { description: 'Seconds after which to try again', schema: { type: 'integer' } },
  'RateLimit-Limit': { description: 'How many requests this client may make in a minute', schema: { type: 'integer' } },
  'RateLimit-Remaining': { description: 'How many of them are left', schema: { type: 'integer' } },
  'RateLimit-Reset': { description: 'Seconds until the next minute begins', schema: { type: 'integer' } },
  'Idempotent-Replayed': {
    description: '`true` where this is the answer to an earlier request with the same `Idempotency-Key`',
    schema: { type: 'string', const: 'true' },
  },
  Link: {
    description: 'With `rel="next"`, the address of the next page (RFC 8288); absent on the last one',
    schema: { type: 'string' },
  },
} as const;
export type AnswerHeader = keyof typeof ANSWER_HEADERS;

/** Writes the headers of an answer, beside the one that every answer has. */
export const headers = (...names: AnswerHeader[]): Json =>
  Object.fromEntries(['X-Request-Id' as const, ...names].map((name) => [name, ref('headers', name)]));
