import { type Command, InvalidArgumentError, Option } from 'commander';
import { AnswerError } from '../../index.ts';
import type { Cli } from '../cli.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { CliSession } from '../session.ts';

/** What defines a verb of a program. */
export type DefineVerb = (program: Command, cli: Cli) => void;

/** Adds what a command looks like when it is used, below its help. */
export function withExamples(command: Command, { t }: Cli, ...examples: string[]): Command {
  const lines = examples.map((example) => `  $ ${example}`);
  return command.addHelpText('after', `\n${t.help.examples}\n${lines.join('\n')}`);
}

/** Reads an option as a whole number. */
export function whole({ t }: Cli, least: number): (text: string) => number {
  return (text) => {
    const value = /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isNaN(value) || value < least) throw new InvalidArgumentError(t.usage.whole(least));
    return value;
  };
}

function decimal(complaint: string): (text: string) => number {
  return (text) => {
    if (!/^\d{1,12}([.,]\d{1,4})?$/.test(text)) throw new InvalidArgumentError(complaint);
    return Number(text.replace(',', '.'));
  };
}

/** Reads an option as an amount of money, in the main unit. */
export const amount = ({ t }: Cli): ((text: string) => number) => decimal(t.usage.amount);

/** Reads an option as a number of days. */
export const days = ({ t }: Cli): ((text: string) => number) => decimal(t.usage.days);

/** Makes an option that has to be given. */
export const needed = (flags: string, description: string): Option =>
  new Option(flags, description).makeOptionMandatory();

/** Gives an option that takes one of some words. */
export const oneOf = (flags: string, description: string, words: readonly string[]): Option =>
  new Option(flags, description).choices(words);

/** Gives the first entries of a list; no more of it are asked for. */
export async function* first<T>(entries: AsyncIterable<T>, limit: number): AsyncGenerator<T> {
  let left = limit;
  if (left === 0) return;
  for await (const entry of entries) {
    yield entry;
    left--;
    if (left === 0) return;
  }
}

/** Shows what may not be set; where it is not, says so and what can be done. */
export async function showIfSet<T>(
  { out }: CliSession,
  asked: Promise<T>,
  show: (found: T) => void,
  none: string,
): Promise<ExitCode> {
  try {
    show(await asked);
    return EXIT.ok;
  } catch (error) {
    if (out.isJson || !(error instanceof AnswerError) || error.reason !== 'not_found') throw error;
    out.warn(none);
    return EXIT.refused;
  }
}
