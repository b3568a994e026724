import { lineMessage, type Refusal, refuse, type SimStatus, type UsageBalance } from '@opentopup/contract';
import { readSerial } from '@opentopup/contract/lines/read-serial';
import type { Connector, SimQuestion, SupplierAnswer } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import { hasSoldEsim } from '../esims/esims.store.ts';
import { openProfile } from '../esims/profiles.ts';
import { listTransactions } from '../sales/transactions/read-transactions.ts';
import { type Line, lineOf } from '../values/line.ts';
import { type Askable, findAskable, questionSupplier } from './question-supplier.ts';

/** Which SIM a distributor asks about, and whom. */
export interface SimAsked {
  distributor_id: string;
  supplier_id: string;
  /** A transaction of its own, or the serial of the SIM, as it is written. */
  sim: { transaction: string } | { serial: string };
}

/** Tells how a SIM stands; only where the distributor has sold something to it. */
export const readSimStatus = (ctx: Context, asked: SimAsked): Promise<SimStatus | Refusal> =>
  readSim(ctx, asked, ({ simStatus }) => simStatus);

/** Tells what is left on a SIM. */
export const readUsage = (ctx: Context, asked: SimAsked): Promise<UsageBalance | Refusal> =>
  readSim(ctx, asked, ({ usage }) => usage);

async function readSim<T extends object>(
  ctx: Context,
  asked: SimAsked,
  how: (
    connector: Connector,
  ) => ((question: SimQuestion, signal: AbortSignal) => Promise<SupplierAnswer<T>>) | undefined,
): Promise<T | Refusal> {
  const supplier = await findAskable(ctx, asked.distributor_id, asked.supplier_id);
  if ('reason' in supplier) return supplier;
  const named = await nameSim(ctx, asked, supplier);
  if ('reason' in named) return named;
  const ask = how(supplier.connector);
  const question = { ...named, supplier: supplier.access };
  return questionSupplier(ctx, asked.supplier_id, ask && ((signal) => ask(question, signal)));
}

/** Tells whether a distributor has recharged a SIM of the supplier, or sold it as an eSIM. */
async function hasSold(ctx: Context, distributor_id: string, supplier: string, serial: string): Promise<boolean> {
  const { seal, store } = ctx;
  const sales = { lines: [serial], deliveredBy: supplier, status: 'ok' };
  const [recharge] = await listTransactions(store, distributor_id, sales, { offset: 0, limit: 1 });
  return (
    recharge !== undefined || (seal !== null && hasSoldEsim(store.db, distributor_id, supplier, seal.digest(serial)))
  );
}

/**
 * Gives the SIM as its supplier knows it. A transaction counts only where it is the distributor's, the supplier's, and
 * ok.
 */
async function nameSim(
  ctx: Context,
  { distributor_id, supplier_id, sim }: SimAsked,
  { country, sim_check_digit }: Askable,
): Promise<{ line: Line; reference: string | null } | Refusal> {
  if ('serial' in sim) {
    const read = readSerial(sim.serial, sim_check_digit);
    if (!read.ok) {
      return refuse('invalid_query_parameter', { field: 'simId', detail: lineMessage(read, 'en') });
    }
    // Suppliers answer about each SIM that they know, whoever has sold it; and as if there was none is all that others learn.
    if (!(await hasSold(ctx, distributor_id, supplier_id, read.serial))) return refuse('sim_unknown');
    return { line: { kind: 'simId', serial: read.serial }, reference: null };
  }
  const { transaction: id } = sim;
  const transaction = await ctx.store.transaction({ distributor_id, id });
  if (transaction?.supplier_id !== supplier_id) {
    return refuse('not_found', { detail: `transaction ${id} not found for supplier ${supplier_id}` });
  }
  if (transaction.status !== 'ok') {
    return refuse('not_found', { detail: `transaction ${id} is ${transaction.status}: it has sold nothing` });
  }
  const iccid = openProfile(ctx, transaction)?.iccid;
  const line = iccid
    ? ({ kind: 'simId', serial: iccid } as const)
    : lineOf({ line: transaction.line, kind: transaction.line_kind, country });
  return line ? { line, reference: id } : refuse('sim_unknown');
}
