import { setImmediate as turn } from 'node:timers/promises';
import { asOneLine } from '@opentopup/contract';
import type { Context } from '../context.ts';
import { DatabaseDown } from '../database/database.ts';
import { type Progress, progressAfter } from '../jobs/progress.rules.ts';
import { REDACTED, redact } from '../secrets/redact.rules.ts';
import { insertCalls, type LoggedCall } from './call-log.store.ts';
import type { KeptCall } from './call-queue.ts';

const AT_ONCE = 100;
/** For so long at a time it keeps the process from all else. */
const SLICE_MS = 2;
/** So many characters are kept of an address, a body, and the reason of a failure. */
const LONGEST = 4_000;
const LONGEST_FAILURE = 500;

/** What was said in a call, as it is sealed. */
export interface RecordedText {
  url: string;
  request: string | null;
  response: string | null;
}

/** Tells what the text of a call is sealed for. */
export const sealedForCall = (id: string): string => `exchange ${id}`;

function rowOf({ seal }: Context, call: KeptCall): LoggedCall {
  const { id, url, request, response, failure, known, ...rest } = call;
  const shown = (whole: string, longest = LONGEST): string => redact(whole, known, longest);
  const text: RecordedText = {
    url: shown(url),
    request: request && shown(request),
    response: response && shown(response),
  };
  return {
    ...rest,
    id,
    failure: failure && asOneLine(shown(failure, LONGEST_FAILURE)),
    sealed: seal?.close(JSON.stringify(text), sealedForCall(id)) ?? null,
  };
}

/** Gives the row of a call; without what was said where nothing can be left out of that. */
function safeRowOf(ctx: Context, call: KeptCall): LoggedCall {
  try {
    return rowOf(ctx, call);
  } catch {
    const { request, response, failure } = call;
    const nothing = { request: request && REDACTED, response: response && REDACTED, failure: failure && REDACTED };
    return rowOf(ctx, { ...call, ...nothing });
  }
}

/**
 * Writes down what was exchanged with suppliers, some calls at a time, without what must not be kept.
 * @returns whether there may be more
 */
export async function keepCalls(ctx: Context): Promise<Progress> {
  const calls = ctx.callLog.take(AT_ONCE);
  if (calls.length === 0) return 'done';
  const rows: LoggedCall[] = [];
  let began = performance.now();
  for (const call of calls) {
    rows.push(safeRowOf(ctx, call));
    if (performance.now() - began < SLICE_MS) continue;
    // Sales come first: what is left out of a body takes its time. A turn may take long on a busy machine, and what a
    // killed process has not written by then is lost: so not after each call.
    await turn();
    began = performance.now();
  }
  try {
    await insertCalls(ctx.store.db, rows);
  } catch (error) {
    // Behind those that came meanwhile; they are shown in the order of their time all the same.
    if (error instanceof DatabaseDown) for (const call of calls) ctx.callLog.add(call);
    throw error;
  }
  return progressAfter(calls.length, AT_ONCE);
}
