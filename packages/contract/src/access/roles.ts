import Type, { type Static } from 'typebox';

/** The roles of people of the operator. */
export const OPERATOR_ROLES = ['operator_admin', 'operator_support'] as const;
/** The roles of people of a distributor. */
export const DISTRIBUTOR_ROLES = ['distributor_admin', 'seller', 'viewer'] as const;

/** The role of an account: each operation names the roles that may call it. */
export const Role = Type.Enum([...OPERATOR_ROLES, ...DISTRIBUTOR_ROLES]);
export type Role = Static<typeof Role>;

/** Who may call: an account or a client by its role, or an agent, which no account can be. */
export type CallerRole = Role | 'agent';

/** Roles that are shown the numbers of lines and SIMs masked: they look at sales, and hand nothing over. */
export const MASKED_ROLES: readonly CallerRole[] = ['operator_support', 'viewer', 'agent'];
