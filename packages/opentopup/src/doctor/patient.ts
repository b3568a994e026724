/** An order that the program is to sell. */
export interface DoctorOrder {
  order: string;
  offer_id: string;
  msisdn: string;
}

/** What the program believes became of an order; nothing: it did not say. */
export type Believed = 'sold' | 'refused' | 'pending' | 'nothing';
export interface Belief {
  believed: Believed;
  transaction_id: string | null;
}

/** So long the program may take for an order, repetitions included. */
const PATIENCE_MS = 120_000;
const NOTHING: Belief = { believed: 'nothing', transaction_id: null };
const BELIEFS: readonly unknown[] = ['sold', 'refused', 'pending'] satisfies Believed[];

/** Has the program sell one order, and asks what it believes. Whatever is no such answer says nothing. */
export async function askPatient(url: string, order: DoctorOrder, signal: AbortSignal): Promise<Belief> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(order),
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
    const { result, transaction_id } = (await answer.json()) as { result?: unknown; transaction_id?: unknown };
    if (!answer.ok || !BELIEFS.includes(result)) return NOTHING;
    return {
      believed: result as Believed,
      transaction_id: typeof transaction_id === 'string' ? transaction_id : null,
    };
  } catch {
    signal.throwIfAborted();
    return NOTHING;
  }
}

/** Tells whether anybody answers there, whatever. */
export async function isThere(url: string): Promise<boolean> {
  try {
    await (await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(10_000) })).body?.cancel();
    return true;
  } catch {
    return false;
  }
}
