import { readFileSync, writeFileSync } from 'node:fs';
import type { DistributorKey } from '@opentopup/contract';
import type { Command } from 'commander';
import { generateKeyPair } from '../../esim/index.ts';
import { AnswerError, type TravelB2B } from '../../index.ts';
import { confirm, Declined } from '../ask.ts';
import type { Cli } from '../cli.ts';
import { systemFault } from '../explain.ts';
import { Misuse } from '../misuse.ts';
import type { CliSession } from '../session.ts';
import { showIfSet, withExamples } from './verb.ts';

/** Defines `keys`: the key under which activation codes of eSIMs are encrypted. */
export function defineKeys(program: Command, cli: Cli): void {
  const { t } = cli;
  const keys = program.command('keys').description(t.keys.about);

  const show = keys
    .command('show')
    .description(t.keys.show)
    .action(
      cli.run((session) =>
        showIfSet(session, session.client().keys.get(session), (key) => tell(session, key), t.keys.none),
      ),
    );
  withExamples(show, cli, 'opentopup keys show > public.pem');

  const set = keys
    .command('set')
    .description(t.keys.set)
    .argument('<public.pem>', t.keys.publicFile)
    .option('--yes', t.options.yes)
    .action(
      cli.run(async (session, file: string, { yes }: { yes?: true }) => {
        const client = session.client();
        const pem = readText(session, file);
        await agree(session, client, yes);
        tell(session, await client.keys.set(pem, session));
      }),
    );
  withExamples(set, cli, 'opentopup keys set public.pem');

  const create = keys
    .command('create')
    .description(t.keys.create)
    .argument('<private.pem>', t.keys.privateFile)
    .option('--yes', t.options.yes)
    .action(
      cli.run(async (session, file: string, { yes }: { yes?: true }) => {
        const client = session.client();
        await agree(session, client, yes);
        const { publicKey, privateKey } = await generateKeyPair();
        writeNew(session, file, privateKey);
        session.out.note(t.keys.written(file));
        tell(session, await client.keys.set(publicKey, session));
      }),
    );
  withExamples(create, cli, 'opentopup keys create private.pem');
}

function tell({ out }: CliSession, key: DistributorKey): void {
  out.json(key);
  out.say(key.public_key_value.trimEnd());
}

/** Asks before a key is replaced, for that is for good. */
async function agree(session: CliSession, client: TravelB2B, yes: true | undefined): Promise<void> {
  if (yes) return;
  const isSet = await client.keys.get(session).catch((error: unknown) => {
    if (error instanceof AnswerError && error.status === 404) return null;
    throw error;
  });
  if (!isSet) return;
  if (!session.mayAsk) throw new Misuse(session.t.keys.needsYes);
  if (!(await confirm(session, session.t.keys.replace))) throw new Declined();
}

/** @throws Misuse where it cannot be read */
export const readText = (session: CliSession, file: string): string => readBytes(session, file).toString();

/** @throws Misuse */
export function readBytes({ t, locale }: CliSession, file: string): Buffer<ArrayBuffer> {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Misuse(t.file.unreadable(file, systemFault(error, locale.language)));
  }
}

/** Writes a new file, for its owner only. One that exists is left as it is. */
function writeNew({ t, locale }: CliSession, file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new Misuse(t.file.unwritable(file, systemFault(error, locale.language)));
  }
}
