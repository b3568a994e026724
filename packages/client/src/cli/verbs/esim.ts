import { randomUUID } from 'node:crypto';
import type { EsimHolder, IdentificationCase } from '@opentopup/contract';
import { Argument, type Command } from 'commander';
import { decryptActivationCode, lpaString, qrTerminal } from '../../esim/index.ts';
import type { Transaction } from '../../index.ts';
import type { Cli } from '../cli.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Column } from '../output/column.ts';
import type { CliSession } from '../session.ts';
import { offerId } from './find-offer.ts';
import { readText } from './keys.ts';
import { tellSale } from './tell-sale.ts';
import { TRANSACTION_FIELDS } from './transaction-columns.ts';
import { needed, oneOf, withExamples } from './verb.ts';

interface SaleOptions {
  offer: string;
  reference?: string;
  key?: string;
  open?: true;
  wait?: true;
}

/** How what installs an eSIM is read: with the private key, or by the server. */
type Reading = Pick<SaleOptions, 'key' | 'open'>;

/** A sold eSIM, with what installs it. */
type Installable = Transaction & { lpa?: string };

const ESIM_FIELDS: Column<Installable>[] = [
  ...TRANSACTION_FIELDS,
  { name: 'iccid', kind: 'text', of: ({ parameters }) => parameters.iccid },
  { name: 'msisdn', kind: 'text', of: ({ parameters }) => parameters.msisdn },
  { name: 'pin_code', kind: 'text', of: ({ parameters }) => parameters.pin_code },
  { name: 'puk', kind: 'text', of: ({ parameters }) => parameters.puk },
  { name: 'identification_deadline', kind: 'date', of: ({ identification }) => identification?.deadline },
  { name: 'identification_url', kind: 'text', of: ({ identification }) => identification?.url },
  { name: 'lpa', kind: 'text', of: ({ lpa }) => lpa },
];

const HOLDER_FIELDS: Column<EsimHolder>[] = [{ name: 'holder', kind: 'text', of: ({ holder }) => holder }];

const IDENTIFICATION_COLUMNS: Column<IdentificationCase>[] = [
  { name: 'deadline', kind: 'date', of: ({ deadline }) => deadline },
  { name: 'status', kind: 'status', of: ({ status }) => status },
  { name: 'offer_name', kind: 'text', of: ({ offer_name }) => offer_name },
  { name: 'reference', kind: 'text', of: ({ user_id }) => user_id },
  { name: 'reminders', kind: 'count', of: ({ reminders }) => reminders },
  { name: 'transaction_id', kind: 'id', of: ({ transaction_id }) => transaction_id },
];

/** eSIMs: sold, installed, identified. */
export function defineEsim(program: Command, cli: Cli): void {
  const { t } = cli;
  const esim = program.command('esim').description(t.esim.about);

  const sell = esim
    .command('sell')
    .description(t.esim.sell)
    .addOption(needed('--offer <offer>', t.options.offer))
    .option('--reference <text>', t.options.reference)
    .option('--key <private.pem>', t.options.key)
    .option('--open', t.esim.open)
    .option('--wait', t.options.wait)
    .action(cli.run(sellEsim));
  withExamples(sell, cli, "opentopup esim sell --offer 'Welcome Travelers eSIM 20 GB' --key private.pem");

  const show = esim
    .command('show')
    .description(t.esim.show)
    .argument('<transaction>', t.options.transaction)
    .option('--key <private.pem>', t.options.key)
    .option('--open', t.esim.open)
    .action(
      cli.run(async (session, id: string, reading: Reading) => {
        await tellEsim(session, await session.client().transactions.get(id, session), reading);
      }),
    );
  withExamples(show, cli, 'opentopup esim show 01a20d0b-54d6-77c2-99f0-4ba20661bd01 --key private.pem');

  const holder = esim
    .command('holder')
    .description(t.esim.holder)
    .addArgument(new Argument('[who]', t.esim.who).choices(['distributor', 'server']))
    .action(
      cli.run(async (session, who: EsimHolder['holder'] | undefined) => {
        const { esims } = session.client().opentopup;
        session.out.record(await (who ? esims.setHolder(who, session) : esims.holder(session)), HOLDER_FIELDS);
      }),
    );
  withExamples(holder, cli, 'opentopup esim holder', 'opentopup esim holder server');

  const identifications = esim
    .command('identifications')
    .description(t.esim.identifications)
    .addOption(oneOf('--status <status>', t.options.status, ['pending', 'identified', 'overdue']))
    .action(
      cli.run(async (session, query: { status?: 'pending' | 'identified' | 'overdue' }) => {
        const { status } = query;
        const list = session.client().opentopup.identifications.list(status ? { status } : {}, session);
        await session.out.list(list, IDENTIFICATION_COLUMNS);
      }),
    );
  withExamples(identifications, cli, 'opentopup esim identifications --status overdue');

  const remind = esim
    .command('remind')
    .description(t.esim.remind)
    .argument('<transaction>', t.options.transaction)
    .action(
      cli.run(async (session, id: string) => {
        const reminded = await session.client().opentopup.identifications.remind(id, session);
        session.out.record(reminded, IDENTIFICATION_COLUMNS);
      }),
    );
  withExamples(remind, cli, 'opentopup esim remind 01a20d0b-54d6-77c2-99f0-4ba20661bd01');
}

async function sellEsim(session: CliSession, { offer, reference, key, open, wait }: SaleOptions): Promise<ExitCode> {
  const { out, t, signal } = session;
  const client = session.client();
  const offer_id = await offerId(session, client, offer);
  const named = reference ?? randomUUID();
  if (out.isTerminal) out.note(t.sell.reference(named));
  let result = await client.esims.create({ offer_id, reference: named }, { signal, isNew: reference === undefined });
  if (result.status === 'pending' && wait) result = await client.esims.waitFor(result.transaction, { signal });
  if (result.status !== 'ok') return tellSale(session, result);
  // The list of transactions has no activation code; this one may have been found there.
  const sold = await client.transactions.get(result.transaction.id, { signal });
  await tellEsim(session, sold, { ...(key !== undefined && { key }), ...(open && { open }) });
  return EXIT.ok;
}

/** Shows an eSIM; with the private key, or where the server reads it, also the code that installs it, to be photographed. */
async function tellEsim(session: CliSession, esim: Transaction, reading: Reading): Promise<void> {
  const { out, t } = session;
  const lpa = await readLpa(session, esim, reading);
  out.record({ ...esim, ...(lpa !== undefined && { lpa }) }, ESIM_FIELDS);
  if (lpa === undefined) out.note(t.esim.needsKey);
  else if (out.isTerminal) out.say(`\n${await qrTerminal(lpa)}`);
}

async function readLpa(session: CliSession, esim: Transaction, { key, open }: Reading): Promise<string | undefined> {
  if (open) return (await session.client().opentopup.esims.show(esim.id, session)).lpa;
  const { activation_code, smdp_url, matching_id } = esim.parameters;
  if (key === undefined || activation_code === undefined) return undefined;
  const code = await decryptActivationCode(activation_code, readText(session, key));
  return lpaString({ activation_code: code, ...(smdp_url && { smdp_url }), ...(matching_id && { matching_id }) });
}
