import { CSRF_HEADER } from '@opentopup/contract';
import { currentLanguage } from '../../language/language.ts';
import type { CallRequest } from './request.ts';

/** An answer as it came. */
export interface CallAnswer {
  status: number;
  duration_ms: number;
  headers: readonly (readonly [string, string])[];
  /** Laid out where it is JSON. */
  body: string;
}

/** Headers that say something to whoever writes a client. */
const TELLING = /^(content-type|link|retry-after|idempotent-replayed|x-request-id|ratelimit-.*)$/;
const TIMEOUT_MS = 30_000;

const laidOut = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};

/** Sends a request as it was typed, once, with the session's own authority; every answer counts as one. */
export async function send({ method, path, headers, body }: CallRequest): Promise<CallAnswer> {
  const begin_ms = performance.now();
  const response = await fetch(path, {
    method,
    headers: { Accept: 'application/json', 'Accept-Language': currentLanguage(), ...headers, [CSRF_HEADER]: '1' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    redirect: 'error',
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    duration_ms: Math.round(performance.now() - begin_ms),
    headers: [...response.headers].filter(([name]) => TELLING.test(name)),
    body: laidOut(text),
  };
}
