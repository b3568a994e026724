import { decimalSign, type SheetForm } from '@opentopup/sheets';
import { type Command, Option } from 'commander';
import type { Cli } from '../cli.ts';
import type { Locale } from '../locale.ts';
import { oneOf } from './verb.ts';

/** As what kind of sheet something is written. */
export interface SheetOptions {
  for?: 'excel';
  xlsx?: true;
}

/** Adds the options that choose between kinds of sheets. */
export const withSheetOptions = (command: Command, { t }: Cli): Command =>
  command
    .addOption(oneOf('--for <reader>', t.options.for, ['excel']))
    .addOption(new Option('--xlsx', t.options.xlsx).conflicts('for'));

/** Gives the kind that was chosen; null where none was. */
export function chosenSheetForm(options: SheetOptions, { tag }: Locale, name: string): SheetForm | null {
  if (options.xlsx) return { form: 'xlsx', name };
  return options.for === undefined ? null : { form: 'excel', decimal: decimalSign(tag) };
}

/** Gives rows that are there already, one after the other. */
export async function* streamed<T>(rows: readonly T[]): AsyncGenerator<T> {
  yield* rows;
}
