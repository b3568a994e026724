import type { GuardedAccess } from '../operation.ts';
import {
  type ACCOUNT_OPERATIONS,
  type DISTRIBUTOR_OPERATIONS,
  OPERATIONS,
  type OPERATOR_OPERATIONS,
  type WIRE_OPERATIONS,
} from '../operations.ts';
import type { Role } from './roles.ts';

type All = typeof WIRE_OPERATIONS &
  typeof DISTRIBUTOR_OPERATIONS &
  typeof OPERATOR_OPERATIONS &
  typeof ACCOUNT_OPERATIONS;

/** The operations that ask who calls. */
export type GuardedOperation = {
  [Name in keyof All]: All[Name]['access'] extends GuardedAccess ? Name : never;
}[keyof All];

/** Lists the operations that a role may call. */
export const permissionsOf = (role: Role): string[] =>
  OPERATIONS.filter(({ roles }) => roles?.includes(role)).map(({ id }) => id);
