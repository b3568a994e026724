import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { EXIT } from '../exit-codes.ts';
import { Misuse } from '../misuse.ts';
import { offerId } from './find-offer.ts';
import { tellSale } from './tell-sale.ts';
import { amount, needed, withExamples } from './verb.ts';

interface Options {
  offer: string;
  msisdn?: string;
  simId?: string;
  reference?: string;
  maxPrice?: number;
  checkNetwork?: true;
  parkUntil?: string;
  wait?: true;
}

/** Sells one top-up. */
export function defineSell(program: Command, cli: Cli): void {
  const { t } = cli;
  const command = program
    .command('sell')
    .description(t.sell.about)
    .addOption(needed('--offer <offer>', t.options.offer))
    .option('--msisdn <number>', t.options.msisdn)
    .option('--sim-id <serial>', t.options.simId)
    .option('--reference <text>', t.options.reference)
    .option('--max-price <amount>', t.options.maxPrice, amount(cli))
    .option('--check-network', t.options.checkNetwork)
    .option('--park-until <instant>', t.parked.until)
    .option('--wait', t.options.wait)
    .action(
      cli.run(
        async (session, { offer, msisdn, simId, reference, maxPrice, checkNetwork, parkUntil, wait }: Options) => {
          const { out, signal } = session;
          const parameters = lineOf(msisdn, simId);
          if (!parameters) throw new Misuse(t.sell.oneLine);
          const client = session.client();
          const offer_id = await offerId(session, client, offer);
          const named = reference ?? randomUUID();
          // Whatever happens to this process, the order can be found by it.
          if (out.isTerminal) out.note(t.sell.reference(named));
          const opentopup = {
            ...(maxPrice !== undefined && { max_price: maxPrice }),
            ...(checkNetwork && { check_network: true }),
            ...(parkUntil !== undefined && { on_empty: 'park' as const, park_until: parkUntil }),
          };
          const order = { offer_id, parameters, reference: named, opentopup };
          const result = await client.topups.create(order, { signal, isNew: reference === undefined });
          const exit = tellSale(session, result);
          if (result.status === 'refused' && result.reason === 'bucket_empty') {
            out.note(parkUntil === undefined ? t.sell.mayWait : t.sell.waitIsOver);
          }
          if (result.status !== 'pending' || !wait) return exit;
          return tellSale(session, await client.topups.waitFor(result.transaction, { signal })) ?? EXIT.ok;
        },
      ),
    );
  withExamples(
    command,
    cli,
    "opentopup sell --offer 'Mobile France 10 EUR' --msisdn '+33 6 84 58 75 87'",
    'opentopup sell --offer 01a20d0a-a88a-7427-b76b-a9142b9d9596 --sim-id 8991101200003204514 --reference till-4/1001 --wait',
  );
}

function lineOf(msisdn: string | undefined, simId: string | undefined): { msisdn: string } | { simId: string } | null {
  if (msisdn !== undefined) return simId === undefined ? { msisdn } : null;
  return simId === undefined ? null : { simId };
}
