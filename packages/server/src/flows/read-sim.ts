import { lineMessage, type Refusal, refuse, type SimStatus, type UsageBalance } from '@opentopup/contract';
import { readSerial } from '@opentopup/contract/lines/read-serial';
import { type Line, lineOf } from '../domain/line.ts';
import { findTransaction } from '../store/queries/transactions.ts';
import type { Connector, SimQuestion, Told } from '../suppliers/supplier.ts';
import type { Flow } from './flow.ts';
import { type Askable, findAskable, questionSupplier } from './question-supplier.ts';
import { openProfile } from './reveal-esim.ts';

/** Which SIM a distributor asks about, and whom. */
export interface SimAsked {
  distributor_id: string;
  supplier_id: string;
  /** A transaction of its own, or the serial of the SIM, as it is written. */
  sim: { transaction: string } | { serial: string };
}

/** How a SIM stands. */
export const readSimStatus = (flow: Flow, asked: SimAsked): Promise<SimStatus | Refusal> =>
  readSim(flow, asked, ({ simStatus }) => simStatus);

/** What is left on a SIM. */
export const readUsage = (flow: Flow, asked: SimAsked): Promise<UsageBalance | Refusal> =>
  readSim(flow, asked, ({ usage }) => usage);

async function readSim<T extends object>(
  flow: Flow,
  asked: SimAsked,
  how: (connector: Connector) => ((question: SimQuestion, signal: AbortSignal) => Promise<Told<T>>) | undefined,
): Promise<T | Refusal> {
  const supplier = await findAskable(flow, asked.distributor_id, asked.supplier_id);
  if ('reason' in supplier) return supplier;
  const named = await nameSim(flow, asked, supplier);
  if ('reason' in named) return named;
  const ask = how(supplier.connector);
  const question = { ...named, supplier: supplier.access };
  return questionSupplier(flow, asked.supplier_id, ask && ((signal) => ask(question, signal)));
}

/** The SIM as its supplier knows it. A transaction counts only where it is the distributor's, the supplier's, and ok. */
async function nameSim(
  flow: Flow,
  { distributor_id, supplier_id, sim }: SimAsked,
  { country, sim_check_digit }: Askable,
): Promise<{ line: Line; reference: string | null } | Refusal> {
  if ('serial' in sim) {
    const read = readSerial(sim.serial, sim_check_digit);
    if (read.ok) return { line: { kind: 'simId', serial: read.serial }, reference: null };
    return refuse('invalid_query_parameter', { field: 'simId', detail: lineMessage(read, 'en') });
  }

  const { transaction: id } = sim;
  const transaction = await findTransaction(flow.store.db, distributor_id, id);
  if (transaction?.supplier_id !== supplier_id) {
    return refuse('not_found', { detail: `transaction ${id} not found for supplier ${supplier_id}` });
  }
  if (transaction.status !== 'ok') {
    return refuse('not_found', { detail: `transaction ${id} is ${transaction.status}: it has sold nothing` });
  }
  const iccid = openProfile(flow, transaction)?.iccid;
  const line = iccid
    ? ({ kind: 'simId', serial: iccid } as const)
    : lineOf({ line: transaction.line, kind: transaction.line_kind, country });
  return line ? { line, reference: id } : refuse('sim_unknown');
}
