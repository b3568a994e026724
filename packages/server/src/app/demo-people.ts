import type { Role } from '@opentopup/contract';
import { addAccount } from '../access/accounts/accounts.store.ts';
import { newClientSecret } from '../access/credentials/client-secret.ts';
import { hashMadeUpPassword } from '../access/sessions/password.ts';
import type { Query } from '../database/database.ts';
import { newId } from '../database/ids.ts';

const ROLES = {
  operator: 'operator_admin',
  support: 'operator_support',
  distributor_admin: 'distributor_admin',
  seller: 'seller',
  viewer: 'viewer',
} as const satisfies Record<string, Role>;
type Person = keyof typeof ROLES;

/** One account of each role, to try the demo with. */
export type People = Record<Person, { email: string; password: string }>;

const newPerson = (name: Person): People[Person] => ({
  email: `${name.replace('_', '-')}@demo.example`,
  password: newClientSecret(),
});

export const newPeople = (): People => ({
  operator: newPerson('operator'),
  support: newPerson('support'),
  distributor_admin: newPerson('distributor_admin'),
  seller: newPerson('seller'),
  viewer: newPerson('viewer'),
});

/**
 * Adds an account for each of these people.
 * @param of the distributor whose people those are that are not the operator's
 */
export async function addPeople(tx: Query, people: People, of: string | null, at: Date): Promise<void> {
  for (const person of Object.keys(ROLES) as Person[]) {
    const { email, password } = people[person];
    const role = ROLES[person];
    const distributor_id = role.startsWith('operator') ? null : of;
    await addAccount(tx, { id: newId(), email, distributor_id, role, password_hash: hashMadeUpPassword(password), at });
  }
}
