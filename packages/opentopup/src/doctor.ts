import { accessOf } from '@opentopup/client/cli/access';
import { Misuse } from '@opentopup/client/cli/misuse';
import { type DefineVerb, needed, whole, withExamples } from '@opentopup/client/cli/verbs/verb';
import { DOCTOR_WORDS } from './doctor-words.ts';

const ORDERS = 200;

interface Options {
  client: string;
  orders?: number;
  offer?: string;
  msisdn?: string;
  seed?: number;
}

/** Defines `doctor`: an integrator's program sells through chaos, and is told what it has lost, doubled or misread. */
export const defineDoctor: DefineVerb = (program, cli) => {
  const words = DOCTOR_WORDS[cli.locale.language];
  const doctor = program
    .command('doctor')
    .description(words.about)
    .addOption(needed('--client <url>', words.client))
    .option('--orders <number>', words.orders(ORDERS), whole(cli, 1))
    .option('--offer <id>', words.offer)
    .option('--msisdn <number>', words.msisdn)
    .option('--seed <number>', words.seed, whole(cli, 0))
    .action(
      cli.run(async (session, { client: url, orders = ORDERS, ...options }: Options) => {
        if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) throw new Misuse(words.badUrl(url));
        const { client_id } = accessOf(session.io.env, session.options.profile, session.t);
        if (!client_id) throw new Misuse(session.t.access.noClient);
        const { examine } = await import('./doctor/examine.ts');
        return examine(session, { url, orders, client_id, ...options });
      }),
    );
  withExamples(
    doctor,
    cli,
    'opentopup --profile sandbox doctor --client http://localhost:3000/order',
    'opentopup --profile sandbox doctor --client http://localhost:3000/order --orders 50 --seed 7 --json',
  );
};
