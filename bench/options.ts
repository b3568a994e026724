import { parseArgs } from 'node:util';
import { WIDE } from './sides/catalogue.ts';

export interface Options {
  quick: boolean;
  /** Names of figures; empty: all of the run. */
  figures: string[];
  pairs: number;
  /** Measured time of each side of a pair. */
  seconds: number;
  /** Where the figures are written. */
  json: string | null;
  /** One order in this many carries an Idempotency-Key; 0: none. */
  keys: number;
  /** Over how many distributors the wide load is spread. */
  distributors: number;
  /** Folder for CPU profiles of our server. */
  profile: string | null;
}

export const HELP = `npm run bench -- [options]

  --quick             the figures that matter most, in under 5 minutes
  --figure NAME       this figure only; may be given several times
  --pairs N           how often each side is measured (5; with --quick 3)
  --seconds S         how long each time, at least (4; with --quick 2)
  --json FILE         writes the figures there
  --keys N            one order in N carries an Idempotency-Key (none)
  --distributors N    spreads the wide load over N distributors (1)
  --profile FOLDER    writes CPU profiles of our server there
`;

/** Options that cannot be used; the message says why. */
export class BadOptions extends Error {
  override readonly name = 'BadOptions';
}

function number(text: string | undefined, fallback: number, name: string, least: number): number {
  const value = text === undefined ? fallback : Number(text);
  if (!(value >= least)) throw new BadOptions(`--${name} needs a number from ${least} on`);
  return value;
}

/** @returns null when help was asked for */
export function readOptions(args: string[]): Options | null {
  const text = { type: 'string' } as const;
  const options = {
    quick: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
    figure: { type: 'string', multiple: true, default: [] as string[] },
    pairs: text,
    seconds: text,
    json: text,
    keys: text,
    distributors: text,
    profile: text,
  } as const;
  const parse = () => {
    try {
      return parseArgs({ args, options }).values;
    } catch (error) {
      throw new BadOptions((error as Error).message);
    }
  };
  const given = parse();
  if (given.help) return null;
  const { quick } = given;
  const distributors = number(given.distributors, 1, 'distributors', 1);
  if (WIDE % distributors !== 0) throw new BadOptions(`--distributors has to divide ${WIDE}`);
  return {
    quick,
    figures: given.figure,
    pairs: number(given.pairs, quick ? 3 : 5, 'pairs', 1),
    seconds: number(given.seconds, quick ? 2 : 4, 'seconds', 0.5),
    json: given.json ?? null,
    keys: number(given.keys, 0, 'keys', 0),
    distributors,
    profile: given.profile ?? null,
  };
}
