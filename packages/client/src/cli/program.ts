import { Command, CommanderError } from 'commander';
import { Cli } from './cli.ts';
import type { ExitCode } from './exit-codes.ts';
import { tellFailure } from './failure.ts';
import { complaint, exitOfUsage, speak } from './help.ts';
import { localeOf, localeTag } from './locale.ts';
import { Misuse } from './misuse.ts';
import { CommandOutput, type Io } from './output/output.ts';
import { defineAgents } from './verbs/agents.ts';
import { defineAlerts } from './verbs/alerts.ts';
import { defineBulk } from './verbs/bulk.ts';
import { defineCompletion } from './verbs/completion.ts';
import { defineDispute } from './verbs/dispute.ts';
import { defineEsim } from './verbs/esim.ts';
import { defineEvents } from './verbs/events.ts';
import { defineGuards } from './verbs/guards.ts';
import { defineKeys } from './verbs/keys.ts';
import { defineLedger } from './verbs/ledger.ts';
import { defineListen } from './verbs/listen.ts';
import { defineLogin } from './verbs/login.ts';
import { defineLookup } from './verbs/lookup.ts';
import { defineOffers } from './verbs/offers.ts';
import { defineAudit } from './verbs/operator/audit.ts';
import { defineCredential } from './verbs/operator/credential.ts';
import { defineDistributor } from './verbs/operator/distributor.ts';
import { defineDocumentKey } from './verbs/operator/document-key.ts';
import { defineImport } from './verbs/operator/import.ts';
import { defineOffer } from './verbs/operator/offer.ts';
import { defineProduct } from './verbs/operator/product.ts';
import { defineRanking } from './verbs/operator/ranking.ts';
import { defineReconcile } from './verbs/operator/reconcile.ts';
import { defineRecover } from './verbs/operator/recover.ts';
import { defineReplay } from './verbs/operator/replay.ts';
import { defineResolve } from './verbs/operator/resolve.ts';
import { defineStockKeeping } from './verbs/operator/stock.ts';
import { defineSupplier } from './verbs/operator/supplier.ts';
import { defineParked } from './verbs/parked.ts';
import { defineReceipt } from './verbs/receipt.ts';
import { defineRefill } from './verbs/refill.ts';
import { defineRequests } from './verbs/requests.ts';
import { defineReversalRequests, defineReversals } from './verbs/reversal.ts';
import { defineChaos } from './verbs/sandbox/chaos.ts';
import { defineClock, defineTrigger } from './verbs/sandbox/sandbox.ts';
import { defineSell } from './verbs/sell.ts';
import { defineSignOn } from './verbs/sign-on.ts';
import { defineSim } from './verbs/sim.ts';
import { defineStatements } from './verbs/statements.ts';
import { defineStock } from './verbs/stock.ts';
import { defineTransaction } from './verbs/transaction.ts';
import { defineTransactions } from './verbs/transactions.ts';
import type { DefineVerb } from './verbs/verb.ts';
import { defineVerify } from './verbs/verify.ts';
import { defineWebhooks } from './verbs/webhooks.ts';

/** The program that somebody calls, of which this is a part. */
export interface Host {
  version: string;
  /** Verbs of its own, for who calls a server. */
  selling: readonly DefineVerb[];
  /** The same for who runs one. */
  operating: readonly DefineVerb[];
}

/** Puts all verbs together. */
export function programOf(cli: Cli, { version, selling, operating }: Host): Command {
  const { t } = cli;
  const program = new Command('opentopup')
    .description(t.help.about)
    .version(version, '-V, --version', t.help.version)
    .option('--json', t.options.json)
    .option('--profile <name>', t.options.profile)
    .option('--verbose', t.options.verbose);
  speak(program, cli);

  program.commandsGroup(t.help.selling);
  for (const define of [
    defineOffers,
    defineStock,
    defineParked,
    defineRefill,
    defineSell,
    defineBulk,
    defineTransactions,
    defineTransaction,
    defineReceipt,
    defineDispute,
    defineReversalRequests,
    defineStatements,
    defineSim,
    defineKeys,
    defineEsim,
    defineAlerts,
    defineWebhooks,
    defineEvents,
    defineListen,
    defineTrigger,
    defineRequests,
    defineClock,
    defineChaos,
    defineAgents,
    defineGuards,
    defineSignOn,
    defineLookup,
    defineVerify,
    ...selling,
  ]) {
    define(program, cli);
  }
  program.commandsGroup(t.help.operating);
  for (const define of [...operating, defineDistributor, defineCredential, defineSupplier, defineProduct, defineOffer])
    define(program, cli);
  for (const define of [defineImport, defineStockKeeping, defineResolve, defineReversals, defineReplay, defineRanking])
    define(program, cli);
  for (const define of [defineReconcile, defineRecover, defineLedger, defineDocumentKey, defineAudit])
    define(program, cli);
  program.commandsGroup(t.help.setting);
  for (const define of [defineLogin, defineCompletion]) define(program, cli);
  return program.addHelpText('after', `\n${t.help.exitCodes}\n\n${t.help.environment}`);
}

/** Runs one command. @returns how it ended */
export async function run(args: readonly string[], io: Io, interrupted: AbortSignal, host: Host): Promise<ExitCode> {
  const cli = new Cli(io, localeOf(localeTag(io.env)), interrupted);
  try {
    await programOf(cli, host).parseAsync(args, { from: 'user' });
    return cli.exit;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const words = complaint(error, cli.t);
    const out = new CommandOutput(io, cli.locale, args.includes('--json'));
    if (words !== null) return tellFailure(new Misuse(words), out, io.stderr, false);
    return exitOfUsage(error);
  }
}
