import type { Role } from '@opentopup/contract';

/** What a provider says of somebody. */
export type Claims = Readonly<Record<string, unknown>>;

const ADDRESS = /^[a-z0-9._%+-]{1,64}@[a-z0-9-]+([.][a-z0-9-]+)+$/;

/** Reads the e-mail address; null where there is none that can be one, or the provider says that it has not checked it. */
export function emailIn({ email, email_verified }: Claims): string | null {
  if (typeof email !== 'string' || email.length > 254 || email_verified === false || email_verified === 'false')
    return null;
  const small = email.toLowerCase();
  return ADDRESS.test(small) ? small : null;
}

/**
 * Reads the role: the first of `roles` whose value the claim is, or has in its list; null where none fits. Claims are found by
 * their whole names, which may be addresses.
 */
export function roleIn(claims: Claims, claim: string, roles: readonly { value: string; role: Role }[]): Role | null {
  const told = Object.hasOwn(claims, claim) ? claims[claim] : undefined;
  const values: readonly unknown[] = Array.isArray(told) ? told : [told];
  return roles.find(({ value }) => values.includes(value))?.role ?? null;
}
