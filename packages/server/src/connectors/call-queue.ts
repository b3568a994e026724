import type { RecordedCall } from './recorded-call.ts';

/** A call as it is to be kept. */
export interface KeptCall extends RecordedCall {
  /** Its own from the beginning: however often it is written, it is kept once. */
  id: string;
  distributor_id: string;
  transaction_id: string;
  supplier_id: string;
  /** The number of the attempt. */
  attempt: number;
  kind: 'recharge' | 'lookup' | 'callback';
  /** Secrets and keys that may occur in it, and are not kept. */
  known: readonly string[];
}

/** Calls of suppliers on their way to the database. It has an end: beyond that they are lost, for no sale waits for them. */
export interface CallQueue {
  add: (call: KeptCall) => void;
  /** Takes out some of the oldest. */
  take: (most: number) => KeptCall[];
  /** How many were lost since this was last asked. */
  lost: () => number;
}

/** So many characters may wait. */
const MOST_CHARACTERS = 8 * 1024 * 1024;
/** What a call takes beside its bodies, about. */
const OVERHEAD = 500;

const sizeOf = ({ request, response }: KeptCall): number => OVERHEAD + (request?.length ?? 0) + (response?.length ?? 0);

export function createCallQueue(): CallQueue {
  const waiting: KeptCall[] = [];
  let size = 0;
  let lost = 0;
  return {
    add: (call) => {
      if (size + sizeOf(call) > MOST_CHARACTERS) {
        lost += 1;
        return;
      }
      size += sizeOf(call);
      waiting.push(call);
    },
    take: (most) => {
      const taken = waiting.splice(0, most);
      for (const call of taken) size -= sizeOf(call);
      return taken;
    },
    lost: () => {
      const count = lost;
      lost = 0;
      return count;
    },
  };
}
