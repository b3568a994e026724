import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LedgerProofStep } from '@opentopup/contract';
import type { FastifyReply } from 'fastify';
import type { Context } from '../context.ts';
import type { LedgerPart } from './ledger.store.ts';
import { type LedgerProgress, verifyLedger } from './verify-ledger.ts';

/** How often is told how far it is. Whoever hears nothing for long takes the stream for cut. */
const TELL_EVERY_MS = 1_000;

/**
 * Proves the ledger and tells meanwhile how far it is. Whoever goes away has stopped it.
 * @param closing aborts when the server ends
 */
export function followProof(ctx: Context, part: LedgerPart, reply: FastifyReply, closing: AbortSignal): FastifyReply {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  void reply.headers({
    'Content-Type': 'text/event-stream',
    'X-Accel-Buffering': 'no',
    // A connection that is kept after its stream has ended would keep the server from ending.
    Connection: 'close',
  });
  return reply.send(Readable.from(frames(ctx, part, AbortSignal.any([gone.signal, closing]))));
}

const frame = (step: LedgerProofStep): string => `event: ${step.type}\ndata: ${JSON.stringify(step)}\n\n`;

async function* frames(ctx: Context, part: LedgerPart, signal: AbortSignal): AsyncGenerator<string> {
  let progress: LedgerProgress = { movements: 0, of: 0 };
  const onProgress = (now: LedgerProgress) => {
    progress = now;
  };
  const proof = verifyLedger(ctx, part, { signal, onProgress });
  // While nobody waits for it, nobody hears that it has failed.
  proof.catch(() => {});
  try {
    for (;;) {
      yield frame({ type: 'progress', ...progress });
      const report = await Promise.race([proof, sleep(TELL_EVERY_MS, null, { signal })]);
      if (!report) continue;
      yield frame({ type: 'report', report });
      return;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
