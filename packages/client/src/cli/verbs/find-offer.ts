import { isUuid } from '@opentopup/contract/uuid-text';
import type { TravelB2B } from '../../index.ts';
import { Misuse } from '../misuse.ts';
import type { CliSession } from '../session.ts';

/** Tells whether an offer of this name is meant by what somebody wrote. */
export const isCalled = (name: string, named: string): boolean =>
  name.localeCompare(named, undefined, { sensitivity: 'base' }) === 0;

/**
 * Finds the id of an offer of the distributor that somebody named: by its id, or by its name, where only one is called so.
 * @throws Misuse
 */
export const offerId = (session: CliSession, client: TravelB2B, named: string): Promise<string> =>
  offerIdAmong(session, named, (signal) => client.offers.list({ signal }));

/**
 * Finds the same among other offers.
 * @throws Misuse
 */
export async function offerIdAmong(
  { t, signal }: CliSession,
  named: string,
  list: (signal: AbortSignal) => AsyncIterable<{ id: string; name: string }>,
): Promise<string> {
  if (isUuid(named)) return named;
  const found: string[] = [];
  for await (const { id, name } of list(signal)) if (isCalled(name, named)) found.push(id);
  const [id, another] = found;
  if (id === undefined) throw new Misuse(t.offers.none(named));
  if (another !== undefined) throw new Misuse(t.offers.several(named));
  return id;
}
