import { type Operation, WIRE_OPERATIONS } from '@opentopup/contract';

export type CallName = keyof typeof WIRE_OPERATIONS;
/** What a distributor may call below the base of the sandbox. */
export const CALLS: Readonly<Record<CallName, Operation>> = WIRE_OPERATIONS;
export const CALL_NAMES = Object.keys(CALLS) as CallName[];

/** Where a value travels. */
type Place = 'params' | 'query' | 'headers' | 'body';

/** One value of a request. */
export interface CallField {
  /** Its place and its path there: `body.parameters.msisdn`. */
  key: string;
  place: Place;
  path: readonly string[];
  kind: 'text' | 'long' | 'number' | 'flag' | 'choice' | 'json';
  choices: readonly string[];
  isNeeded: boolean;
  /** In the contract's own words, which are English. */
  about: string | undefined;
  example: unknown;
}

/** What is read of a schema. */
interface Shape {
  type?: string;
  enum?: readonly string[];
  const?: string;
  properties?: Readonly<Record<string, Shape>>;
  required?: readonly string[];
  description?: string;
  examples?: readonly unknown[];
  maxLength?: number;
}

const LONG = 1_000;

function kindOf({ type, enum: choices, const: only, maxLength = 0 }: Shape): CallField['kind'] {
  if (choices ?? only) return 'choice';
  if (type === 'boolean') return 'flag';
  if (type === 'number' || type === 'integer') return 'number';
  if (type === 'string') return maxLength > LONG ? 'long' : 'text';
  return 'json';
}

/** @param example of the whole, from which each field takes its own */
function fieldsIn(
  place: Place,
  shape: Shape | undefined,
  example?: unknown,
  above: readonly string[] = [],
  needed = true,
): CallField[] {
  return Object.entries(shape?.properties ?? {}).flatMap(([name, of]) => {
    const path = [...above, name];
    const isNeeded = needed && (shape?.required?.includes(name) ?? false);
    const ours = (example as Record<string, unknown> | undefined)?.[name];
    if (of.properties) return fieldsIn(place, of, ours, path, isNeeded);
    return {
      key: [place, ...path].join('.'),
      place,
      path,
      kind: kindOf(of),
      choices: of.enum ?? (of.const === undefined ? [] : [of.const]),
      isNeeded,
      about: of.description,
      // A body is an example as a whole: not all that it may hold belongs into one.
      example: ours ?? (place === 'query' ? of.examples?.[0] : undefined),
    };
  });
}

/** Gives all that a call can be given, in the order of the contract. */
export function fieldsOf({ params, query, headers, body, bodyExample }: Operation): CallField[] {
  return [
    ...fieldsIn('params', params),
    ...fieldsIn('body', body, bodyExample),
    ...fieldsIn('query', query),
    ...fieldsIn('headers', headers),
  ];
}
