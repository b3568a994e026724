import { isUuid } from '@opentopup/contract/uuid-text';
import type { TravelB2B } from '../../index.ts';
import { Misuse } from '../misuse.ts';
import type { Session } from '../session.ts';

/** Whether an offer of this name is meant by what somebody wrote. */
export const isCalled = (name: string, named: string): boolean =>
  name.localeCompare(named, undefined, { sensitivity: 'base' }) === 0;

/**
 * The id of an offer that somebody named: by its id, or by its name, where only one is called so.
 * @throws Misuse
 */
export async function offerId({ t, signal }: Session, client: TravelB2B, named: string): Promise<string> {
  if (isUuid(named)) return named;
  const found: string[] = [];
  for await (const { id, name } of client.offers.list({ signal })) if (isCalled(name, named)) found.push(id);
  const [id, another] = found;
  if (id === undefined) throw new Misuse(t.offers.none(named));
  if (another !== undefined) throw new Misuse(t.offers.several(named));
  return id;
}
