import type { Command } from 'commander';

/** A word that may come next, and what it means. */
export interface Word {
  word: string;
  about: string;
}

/** A flag; what it takes may be one of some words. */
export interface Flag extends Word {
  takesValue: boolean;
  values: readonly string[];
}

/** A place on a command line: behind `opentopup`, or behind one of its commands. */
export interface CommandPlace {
  /** The commands before it: empty, `sim`, `sim status`. */
  path: string;
  words: Word[];
  flags: Flag[];
}

/** Gives every place there is, and what may come there. */
export function placesOf(program: Command): CommandPlace[] {
  const common = program.options.filter(({ long }) => long !== '--version');
  const visit = (command: Command, path: string): CommandPlace[] => {
    const verbs = command.commands.map((each) => ({ word: each.name(), about: each.description() }));
    const choices = command.registeredArguments.flatMap(({ argChoices = [], description }) =>
      argChoices.map((word) => ({ word, about: description })),
    );
    const own = command === program ? program.options : [...command.options, ...common];
    const flags = own.map(({ long, description, required, argChoices = [] }) => ({
      word: long ?? '',
      about: description,
      takesValue: required,
      values: argChoices,
    }));
    const help = { word: '--help', about: '', takesValue: false, values: [] };
    const below = command.commands.flatMap((each) => visit(each, `${path} ${each.name()}`.trim()));
    return [{ path, words: [...verbs, ...choices], flags: [...flags, help] }, ...below];
  };
  return visit(program, '');
}
