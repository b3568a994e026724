import type { Argument, Command, CommanderError } from 'commander';
import type { Cli } from './cli.ts';
import { EXIT } from './exit-codes.ts';
import type { CliMessages } from './messages/en.ts';
import { widthOf } from './output/text.ts';

const argumentTerm = (argument: Argument): string => {
  const name = argument.name() + (argument.variadic ? '...' : '');
  return argument.required ? `<${name}>` : `[${name}]`;
};

/** Gives help in the user's language instead of commander's own words. */
export function speak(program: Command, { io, t, out }: Cli): void {
  const titles: Readonly<Record<string, string>> = {
    'Usage:': t.help.usage,
    'Arguments:': t.help.arguments,
    'Options:': t.help.options,
    'Global Options:': t.help.globalOptions,
    'Commands:': t.help.commands,
  };
  const isTerminal = io.stdout.isTTY;
  program
    .helpOption('-h, --help', t.help.help)
    // Children inherit its words; the program itself has --help alone.
    .helpCommand('help [command]', t.help.help)
    .helpCommand(false)
    .exitOverride()
    .configureHelp({
      showGlobalOptions: true,
      displayWidth: widthOf,
      styleTitle: (title) => out.style('bold', titles[title] ?? title),
      commandUsage: (command) => {
        const above = [];
        for (let each = command.parent; each; each = each.parent) above.unshift(each.name());
        return [...above, command.name(), command.usage().replace('[command]', `[${t.help.command}]`)].join(' ');
      },
      subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(argumentTerm)].join(' '),
      optionDescription: ({ description, argChoices, defaultValue, defaultValueDescription }) => {
        const notes = [
          ...(argChoices ? [argChoices.join(', ')] : []),
          ...(defaultValue === undefined || defaultValueDescription === '-'
            ? []
            : [t.help.unless(String(defaultValue))]),
        ];
        return notes.length > 0 ? `${description} (${notes.join('; ')})` : description;
      },
      argumentDescription: ({ description, argChoices }) =>
        argChoices ? `${description} (${argChoices.join(', ')})` : description,
    })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      // Errors are told in the user's language, below.
      writeErr: (text) => io.stderr.write(text),
      outputError: () => {},
      getOutHelpWidth: () => (isTerminal ? io.stdout.columns : 80),
    });
}

const NAMES = /'([^']*)'/g;

/** Tells what is wrong with a command line, in the user's language; null where help or the version was asked for. */
export function complaint(error: CommanderError, t: CliMessages): string | null {
  const { code, message } = error;
  const [name = '', value = ''] = [...message.matchAll(NAMES)].map(([, each]) => each ?? '');
  const hint = /\(Did you mean (?:one of )?(.*)\?\)/.exec(message)?.[1];
  const meant = hint === undefined ? '' : ` ${t.usage.didYouMean(hint)}`;
  switch (code) {
    case 'commander.helpDisplayed':
    case 'commander.help':
    case 'commander.version':
      return null;
    case 'commander.unknownOption':
      return t.usage.unknownOption(name) + meant;
    case 'commander.unknownCommand':
      return t.usage.unknownCommand(name) + meant;
    case 'commander.missingArgument':
      return t.usage.missingArgument(name);
    case 'commander.optionMissingArgument':
      return t.usage.missingValue(name);
    case 'commander.missingMandatoryOptionValue':
      return t.usage.missingOption(name);
    case 'commander.excessArguments':
      return t.usage.excess;
    case 'commander.invalidArgument': {
      const [, argument, why = ''] = / is invalid(?: for argument '([^']*)')?\. (.*)$/s.exec(message) ?? [];
      // Of an argument, its value is named first.
      return t.usage.invalid(
        argument ?? name,
        argument === undefined ? value : name,
        why.replace(/^Allowed choices are (.*)\.$/, (_, words: string) => t.usage.choices(words)),
      );
    }
    default:
      return message;
  }
}

/** Gives the exit code of misuse: a command without the verb that it needs shows its help. */
export const exitOfUsage = ({ code, exitCode }: CommanderError): 0 | 2 =>
  code === 'commander.helpDisplayed' || code === 'commander.version' || exitCode === 0 ? EXIT.ok : EXIT.usage;
