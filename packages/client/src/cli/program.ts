import { Command, CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { Cli } from './cli.ts';
import type { ExitCode } from './exit-codes.ts';
import { tellFailure } from './failure.ts';
import { complaint, exitOfUsage, speak } from './help.ts';
import { localeOf, localeTag } from './locale.ts';
import { Misuse } from './misuse.ts';
import { type Io, Output } from './output/output.ts';
import { addAlerts } from './verbs/alerts.ts';
import { addBulk } from './verbs/bulk.ts';
import { addCompletion } from './verbs/completion.ts';
import { addEsim } from './verbs/esim.ts';
import { addKeys } from './verbs/keys.ts';
import { addLedger } from './verbs/ledger.ts';
import { addLogin } from './verbs/login.ts';
import { addOffers } from './verbs/offers.ts';
import { addAudit } from './verbs/operator/audit.ts';
import { addCredential } from './verbs/operator/credential.ts';
import { addDistributor } from './verbs/operator/distributor.ts';
import { addImport } from './verbs/operator/import.ts';
import { addOffer } from './verbs/operator/offer.ts';
import { addProduct } from './verbs/operator/product.ts';
import { addResolve } from './verbs/operator/resolve.ts';
import { addStockKeeping } from './verbs/operator/stock.ts';
import { addSupplier } from './verbs/operator/supplier.ts';
import { addSell } from './verbs/sell.ts';
import { addServe } from './verbs/serve.ts';
import { addSim } from './verbs/sim.ts';
import { addStock } from './verbs/stock.ts';
import { addTransaction } from './verbs/transaction.ts';
import { addTransactions } from './verbs/transactions.ts';
import { addWebhooks } from './verbs/webhooks.ts';

/** Every verb there is. */
export function programOf(cli: Cli): Command {
  const { t } = cli;
  const program = new Command('opentopup')
    .description(t.help.about)
    .version(manifest.version, '-V, --version', t.help.version)
    .option('--json', t.options.json)
    .option('--profile <name>', t.options.profile)
    .option('--verbose', t.options.verbose);
  speak(program, cli);

  program.commandsGroup(t.help.selling);
  for (const add of [
    addOffers,
    addStock,
    addSell,
    addBulk,
    addTransactions,
    addTransaction,
    addSim,
    addKeys,
    addEsim,
    addAlerts,
    addWebhooks,
  ]) {
    add(program, cli);
  }
  program.commandsGroup(t.help.operating);
  for (const add of [addServe, addDistributor, addCredential, addSupplier, addProduct, addOffer]) add(program, cli);
  for (const add of [addImport, addStockKeeping, addResolve, addLedger, addAudit]) add(program, cli);
  program.commandsGroup(t.help.setting);
  for (const add of [addLogin, addCompletion]) add(program, cli);
  return program.addHelpText('after', `\n${t.help.exitCodes}\n\n${t.help.environment}`);
}

/** Runs one command. @returns how it ended */
export async function run(args: readonly string[], io: Io, interrupted: AbortSignal): Promise<ExitCode> {
  const cli = new Cli(io, localeOf(localeTag(io.env)), interrupted);
  try {
    await programOf(cli).parseAsync(args, { from: 'user' });
    return cli.exit;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const words = complaint(error, cli.t);
    const out = new Output(io, cli.locale, args.includes('--json'));
    if (words !== null) return tellFailure(new Misuse(words), out, io.stderr, false);
    return exitOfUsage(error);
  }
}
