import Type, { type Static } from 'typebox';

/** What people of the operator may be. */
export const OPERATOR_ROLES = ['operator_admin', 'operator_support'] as const;
/** What people of a distributor may be. */
export const DISTRIBUTOR_ROLES = ['distributor_admin', 'seller', 'viewer'] as const;

/** What an account may do: each operation names the roles that may call it. */
export const Role = Type.Enum([...OPERATOR_ROLES, ...DISTRIBUTOR_ROLES]);
export type Role = Static<typeof Role>;

/** Roles that are shown the numbers of lines and SIMs masked: they look at sales, and hand nothing over. */
export const MASKED_ROLES: readonly Role[] = ['operator_support', 'viewer'];
