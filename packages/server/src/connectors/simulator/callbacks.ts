import { createHmac, timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Callback, CallbackNews, Outcome, Recharge } from '../connector.ts';

/** A callback that the simulator makes some time after its answer. */
export interface PlannedCallback {
  after_ms: number;
  /** Null: it only says that there is news. */
  outcome: Outcome | null;
}

export interface SimulatorCallbacks {
  /** Makes the callbacks, in the background. */
  plan: (recharge: Recharge, callbacks: readonly PlannedCallback[]) => void;
  /** What a callback tells; null where it is not one of ours. */
  read: (callback: Callback) => CallbackNews | null;
}

const SIGNATURE_HEADER = 'x-simulator-signature';
const TRIES = 5;
const PAUSE_MS = 1_000;

/**
 * Calls back over HTTP, as a real supplier does.
 * @param urlOf where a supplier calls back; null while the server does not listen yet
 * @param secret signs the callbacks; the same in every process, because any of them may get one
 */
export function createCallbacks(urlOf: (supplierId: string) => string | null, secret: string): SimulatorCallbacks {
  const sign = (body: string | Buffer): Buffer => createHmac('sha256', secret).update(body).digest();

  async function call({ reference, supplier }: Recharge, { after_ms, outcome }: PlannedCallback): Promise<void> {
    await sleep(after_ms, undefined, { ref: false });
    const body = JSON.stringify({ reference, outcome } satisfies CallbackNews);
    const headers = { 'content-type': 'application/json', [SIGNATURE_HEADER]: sign(body).toString('hex') };
    for (let i = 0; i < TRIES; i += 1) {
      const url = urlOf(supplier.id);
      const response = url && (await fetch(url, { method: 'POST', headers, body }).catch(() => null));
      await (response || null)?.body?.cancel();
      if (response && response.status < 500) return;
      await sleep(PAUSE_MS, undefined, { ref: false });
    }
  }

  return {
    plan: (recharge, callbacks) => {
      for (const each of callbacks) void call(recharge, each);
    },
    read: ({ headers, body }) => {
      const given = Buffer.from(String(headers[SIGNATURE_HEADER] ?? ''), 'hex');
      const expected = sign(body);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
      return JSON.parse(body.toString('utf8')) as CallbackNews;
    },
  };
}
