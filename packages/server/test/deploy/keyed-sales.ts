import { setTimeout as sleep } from 'node:timers/promises';
import { vi } from 'vitest';
import type { Answer } from '../support/answer.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import type { Shop } from '../support/shop.ts';

const CALLERS = 8;
const REPEAT_AFTER_MS = 50;
/** A connection that is kept may be ended by the other side just when it is used again, which says nothing of an order. */
const HEADERS = { connection: 'close' };

/** Where one sells; it takes a token there first. */
interface Till {
  baseUrl: string;
  shop: RawCaller;
}

/** What an order came to, of what it was, where, and when. */
interface KeyedAnswer extends Answer {
  line: { msisdn: string };
  baseUrl: string;
  at: number;
}

/** Sales without a pause, each under a key, by which it is repeated until it is answered for good. */
export interface KeyedSales {
  /** What each order came to, by its key. */
  answers: ReadonlyMap<string, KeyedAnswer>;
  /** What was no answer for good, and when: a status with its reason, or the words of a connection that broke. */
  failures: readonly { at: number; what: string }[];
  /** With which one sells. */
  token: () => string;
  /** Sells at these servers from now on, in turn. */
  sellAt: (...baseUrls: string[]) => Promise<void>;
  /** Waits until so many more were sold. */
  more: (count: number) => Promise<void>;
  /** Ends when each order that has begun is answered. */
  stop: () => Promise<void>;
}

/** Begins to sell an offer, at one server. */
export async function startKeyedSales(at: string, { offer_id, client }: Shop): Promise<KeyedSales> {
  const answers = new Map<string, KeyedAnswer>();
  const failures: { at: number; what: string }[] = [];
  const known = new Map<string, Till>();
  let tills: Till[] = [];
  const end = new AbortController();

  const sellAt = async (...baseUrls: string[]): Promise<void> => {
    for (const baseUrl of baseUrls) {
      const token = tills[0]?.shop.token;
      const server = { baseUrl } as Parameters<typeof rawCallerWith>[0];
      if (!known.has(baseUrl)) {
        known.set(baseUrl, { baseUrl, shop: token ? rawCallerWith(server, token) : await rawSignIn(server, client) });
      }
    }
    tills = baseUrls.map((baseUrl) => known.get(baseUrl) as Till);
  };

  /** Sells one order, at the next server where the last one gave no answer for good. */
  const sell = async (nth: number, i: number): Promise<void> => {
    const key = `order-${nth}-${i}`;
    const line = { msisdn: `0684587${100 + ((nth * 37 + i) % 900)}` };
    for (let attempt = 0; ; attempt += 1) {
      const { baseUrl, shop } = tills[(nth + i + attempt) % tills.length] as Till;
      const answer = await shop.sell(offer_id, line, { ...HEADERS, 'idempotency-key': key }).catch((error: Error) => {
        const cause = error.cause as { code?: string; message?: string } | undefined;
        return cause?.code ?? cause?.message ?? error.message;
      });
      const now = Date.now();
      if (typeof answer !== 'string' && answer.status < 500 && answer.status !== 409) {
        answers.set(key, { ...answer, line, baseUrl, at: now });
        return;
      }
      failures.push({ at: now, what: typeof answer === 'string' ? answer : `${answer.status} ${answer.body?.reason}` });
      await sleep(REPEAT_AFTER_MS);
    }
  };
  await sellAt(at);
  const callers = Array.from({ length: CALLERS }, async (_, nth) => {
    for (let i = 0; !end.signal.aborted; i += 1) await sell(nth, i);
  });
  return {
    answers,
    failures,
    token: () => tills[0]?.shop.token ?? '',
    sellAt,
    async more(count) {
      const enough = answers.size + count;
      await vi.waitFor(
        () => {
          if (answers.size < enough) throw new Error(`${answers.size} of ${enough} sold: ${failures.at(-1)?.what}`);
        },
        { timeout: 60_000 },
      );
    },
    async stop() {
      end.abort();
      await Promise.all(callers);
    },
  };
}
