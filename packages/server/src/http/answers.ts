import {
  DEFAULT_LANGUAGE,
  errorBody,
  LANGUAGES,
  type Language,
  languageOfTag,
  type Refusal,
  refuse,
  ruleOf,
  STAFF_LANGUAGES,
  type StaffLanguage,
  staffLanguageOfTag,
} from '@opentopup/contract';
import accepts from 'accepts';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OverCapacity } from '../database/batch.ts';
import { DatabaseDown, DiskFull, NotWhileDistributed } from '../database/database.ts';
import type { Wording } from '../values/wording.ts';
import { RefusalError } from './refusal-error.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** How the end customer is told of this request; null: in the words that are everybody's. */
    wording: Wording | null;
  }
}

/** Chooses the language in which the end customer is addressed: the best of ours that `Accept-Language` asks for. */
export function languageOf(request: FastifyRequest): Language {
  return languageOfTag(acceptedOf(request, LANGUAGES));
}

/** Chooses the language in which staff is addressed, in the same way. */
export function staffLanguageOf(request: FastifyRequest): StaffLanguage {
  return staffLanguageOfTag(acceptedOf(request, STAFF_LANGUAGES));
}

function acceptedOf(request: FastifyRequest, languages: string[]): string {
  if (request.headers['accept-language'] === undefined) return DEFAULT_LANGUAGE;
  return accepts(request.raw).language(languages) || DEFAULT_LANGUAGE;
}

/** Answers a refusal; the one place where a reason becomes an HTTP answer. */
export function answerRefusal(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { status, retryable } = ruleOf(refusal.reason);
  request.refusedBecause = refusal.reason;
  request.refusedField = refusal.details.field ?? null;
  if (status === 401) {
    const scheme = refusal.details.oauth_error ? 'Basic' : 'Bearer';
    void reply.header('WWW-Authenticate', `${scheme} realm="opentopup"`);
  }
  // What the operator has not set up is not there a second later.
  if ((status === 503 && retryable) || refusal.reason === 'idempotency_in_progress') {
    void reply.header('Retry-After', '1');
  }
  const { retry_after_s } = refusal.details;
  if (retry_after_s !== undefined) void reply.header('Retry-After', String(retry_after_s));
  const isTold = request.routeOptions.config?.tellsCustomer?.(refusal.reason) ?? false;
  const { own, values } = request.wording ?? { own: {}, values: {} };
  const told = isTold ? { language: languageOf(request), own, values } : null;
  return reply.code(status).send(errorBody(refusal, request.id, told));
}

/**
 * Ends a request whose body broke off while the hooks before waited: its stream has told so already, and whoever begins to
 * read it now hears of neither an end nor an error.
 */
export function endCutRequests(app: FastifyInstance): void {
  app.addHook('preParsing', (request, _reply, payload, done) => {
    if (isCutOff(request)) done(new RefusalError(CUT_OFF));
    else done(null, payload);
  });
}

const CUT_OFF = refuse('malformed_request', { detail: 'it was cut off' });

/**
 * Returns true where whoever sends the request has gone away in the middle of it: what fails then is no fault of ours.
 */
const isCutOff = ({ raw }: FastifyRequest): boolean => raw.destroyed && !raw.complete;

/** Returns the refusal that an exception in this request stands for. */
export function refusalOf(error: unknown, request: FastifyRequest): Refusal {
  const { routeOptions } = request;
  if (error instanceof RefusalError) return error.refusal;
  if (isCutOff(request)) return CUT_OFF;
  const outage = outageOf(error);
  if (outage) return outage;
  const { code, statusCode } = error as Partial<FastifyError>;
  switch (code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return refuse('unsupported_media_type');
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refuse('body_too_large', { detail: `${routeOptions.bodyLimit / 1024} kB` });
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return refuse('invalid_header', { field: 'Content-Length' });
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return refuse('invalid_url_parameter', { field: 'path' });
    default:
      return refuse(statusCode === 429 ? 'too_many_requests' : 'internal_error');
  }
}

/** Forbids keeping any answer on the way: most are about somebody. What is for all says so itself. */
export function keepFromCaches(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    void reply.header('Cache-Control', 'no-store');
    done();
  });
}

/**
 * Handles Fastify's errors: whatever was thrown becomes an answer, and what nobody expected goes to the log. Of too many requests
 * each has its line there already.
 */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = refusalOf(error, request);
  const isExpected = error instanceof RefusalError || error instanceof OverCapacity;
  if (!isExpected && ruleOf(refusal.reason).status >= 500) request.log.error({ err: error }, 'request failed');
  return answerRefusal(request, reply, refusal);
}

/** Returns the refusal for a failure that passes by itself; null for any other, which is a bug. */
function outageOf(error: unknown): Refusal | null {
  if (error instanceof DiskFull) return refuse('service_unavailable', { detail: error.message });
  if (error instanceof DatabaseDown) return refuse('service_unavailable');
  if (error instanceof OverCapacity) return refuse('over_capacity');
  if (error instanceof NotWhileDistributed) return refuse('service_unavailable', { detail: error.message });
  return null;
}

/** Names the next page in the header `Link` (RFC 8288): the same address with another query. */
export function linkToNext(
  { url }: FastifyRequest,
  reply: FastifyReply,
  query: Readonly<Record<string, string | number>>,
): void {
  const next = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) next.set(name, String(value));
  void reply.header('Link', `<${url.split('?', 1)[0]}?${next.toString()}>; rel="next"`);
}
