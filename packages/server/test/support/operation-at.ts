import {
  BASES,
  DISTRIBUTOR_OPERATIONS,
  OPERATOR_OPERATIONS,
  type Operation,
  WIRE_OPERATIONS,
} from '@opentopup/contract';

/** Whose operations they are, as the client has them. */
const SETS = { wire: WIRE_OPERATIONS, extension: DISTRIBUTOR_OPERATIONS, operator: OPERATOR_OPERATIONS };

/** An operation of the contract with its input, as the client takes it. */
export interface Called {
  set: keyof typeof SETS;
  name: string;
  /** The base below which it was called: the live world's, or the sandbox's. */
  base: string;
  input: { params: Record<string, string>; query: Record<string, string>; body?: unknown };
}

const patternOf = ({ path }: Operation): RegExp => new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
/** Those without parameters first: `/count` is not the id of anything. */
const ALL = Object.entries(SETS)
  .flatMap(([set, operations]) =>
    Object.entries(operations).map(([name, each]: [string, Operation]) => ({
      set: set as keyof typeof SETS,
      name,
      method: each.method,
      pattern: patternOf(each),
      parameters: each.path.split('{').length,
    })),
  )
  .toSorted((a, b) => a.parameters - b.parameters);

/** The operation that answers at an address; what is none, or no way in which the client calls one, needs a raw caller. */
export function operationAt(method: string, address: string, body: unknown): Called {
  const { pathname, searchParams } = new URL(address, 'http://localhost');
  const base = BASES.find(({ prefix }) => prefix && pathname.startsWith(`${prefix}/`))?.prefix ?? '';
  const path = pathname.slice(base.length);
  for (const { set, name, method: its, pattern } of ALL) {
    const found = its === method && pattern.exec(path);
    if (!found || (typeof body === 'string' && name !== 'importCsv')) continue;
    const params = Object.entries(found.groups ?? {}).map(([key, value]) => [key, decodeURIComponent(value)]);
    const query = Object.fromEntries(searchParams);
    return {
      set,
      name,
      base,
      input: { params: Object.fromEntries(params), query, ...(body !== undefined && { body }) },
    };
  }
  throw new Error(`the client calls no ${method} ${address}: use a raw caller`);
}
