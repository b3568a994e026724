import { Argument, type Command } from 'commander';
import type { Cli } from '../cli.ts';
import { placesOf } from '../completion/places.ts';
import { COMPLETION, SHELLS, type ShellName } from '../completion/scripts.ts';
import { withExamples } from './verb.ts';

/** Writes what lets a shell complete this program's words. */
export function defineCompletion(program: Command, cli: Cli): void {
  const { t } = cli;
  const completion = program
    .command('completion')
    .description(t.completion.about)
    .addArgument(new Argument('<shell>', t.completion.shell).choices(SHELLS))
    .action(
      cli.run(async ({ out }, shell: ShellName) => {
        out.write(COMPLETION[shell](placesOf(program)));
      }),
    );
  withExamples(
    completion,
    cli,
    'source <(opentopup completion bash)',
    'source <(opentopup completion zsh)',
    'opentopup completion fish | source',
  );
}
