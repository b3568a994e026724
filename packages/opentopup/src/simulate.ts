import { fileURLToPath } from 'node:url';
import { type DefineVerb, whole, withExamples } from '@opentopup/client/cli/verbs/verb';
import { becomeProgram } from './become-program.ts';
import { SIMULATE_WORDS } from './simulate-words.ts';

interface Options {
  port?: number;
  speed?: string;
}

/** Built beside this. */
const SIMULATORS = fileURLToPath(new URL('simulators.js', import.meta.url));

/** Plays a supplier: this process becomes the simulator. */
export const defineSimulate: DefineVerb = (program, cli) => {
  const words = SIMULATE_WORDS[cli.locale.language];
  const simulate = program
    .command('simulate')
    .description(words.about)
    .argument('<supplier>', words.vendor)
    .option('--port <number>', words.port, whole(cli, 0))
    .option('--speed <factor>', words.speed)
    .action(
      cli.run(async ({ io }, vendor: string, { port, speed }: Options) => {
        const args = [
          vendor,
          ...(port === undefined ? [] : [`--port=${port}`]),
          ...(speed === undefined ? [] : [`--speed=${speed}`]),
        ];
        becomeProgram(SIMULATORS, args, io.env);
      }),
    );
  withExamples(simulate, cli, 'opentopup simulate dtone', 'opentopup simulate dtone --port 9100 --speed 100');
};
