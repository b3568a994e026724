import type { CallerRole, Role } from './roles.ts';

/** Whoever belongs to a distributor: they read. */
export const READERS: readonly Role[] = ['distributor_admin', 'seller', 'viewer'];
/** Agents of a distributor, which sell what was released to them. */
export const AGENTS: readonly CallerRole[] = ['agent'];
export const READERS_AND_AGENTS: readonly CallerRole[] = [...READERS, ...AGENTS];
/** Those of a distributor who sell too. */
export const SELLERS: readonly Role[] = ['distributor_admin', 'seller'];
/** Those of a distributor who do the rest too. */
export const MANAGERS: readonly Role[] = ['distributor_admin'];
/** The operator, and its support: that one reads everything, and decides about sales that are stuck. */
export const SUPPORT: readonly Role[] = ['operator_admin', 'operator_support'];
/** Those of the operator who do the rest too. */
export const OPERATORS: readonly Role[] = ['operator_admin'];
/** Whoever is signed in. */
export const ANYBODY: readonly Role[] = [...READERS, ...SUPPORT];
