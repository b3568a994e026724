import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { type Sent, sendJson } from '../http-transport.ts';
import type { RecordCall } from '../recorded-call.ts';
import { DingAnswer } from './answers.ts';
import { DING_RESULTS } from './meanings.ts';
import type { DingAccount } from './settings.ts';

interface Call {
  signal: AbortSignal;
  record?: RecordCall | undefined;
  /** What is posted; without it something is read. */
  body?: object;
}

/** Calls a method of its API, once. */
export const callDing = ({ base_url, api_key }: DingAccount, path: string, call: Call): Promise<Sent> =>
  sendJson(`${base_url}/${path}`, { ...call, method: call.body ? 'POST' : 'GET', headers: { api_key } });

/** Reads something that it answers whole and as it was asked. Throws where it does not. */
export async function readDing<S extends TSchema>(
  account: DingAccount,
  path: string,
  schema: S,
  signal: AbortSignal,
): Promise<Static<S>> {
  const sent = await callDing(account, path, { signal });
  if (sent.sent !== 'answered') throw new Error(sent.why);
  const { status, body } = sent;
  if (Value.Check(DingAnswer, body) && body.ResultCode !== DING_RESULTS.done) {
    throw new Error(`it was answered ${status}: ${body.ErrorCodes.map(({ Code }) => Code).join(', ')}`);
  }
  if (!Value.Check(schema, body)) throw new Error(`its answer of ${status} makes no sense`);
  return body;
}

/** Asks for some providers: it takes no list, but the name again for each. */
export const ofProviders = (codes: readonly string[]): string =>
  codes.map((code) => `providerCodes=${encodeURIComponent(code)}`).join('&');

/** Reads an instant of its own: in UTC, whether or not it says so. Null for what is none. */
export function dingDate(text: string): Date | null {
  const at = new Date(/[zZ]|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(at.getTime()) ? null : at;
}
