import { AnswerError, type TravelB2B } from '@opentopup/client';
import type { DistributorBalance, SimQuery } from '@opentopup/contract';
import type { GlobalQuestion, SimQuestion, SupplierAccess, SupplierAnswer } from '../connector.ts';

const NO_SUPPLIER = { outcome: 'not_supported', detail: 'settings.supplier_id is not set' } as const;

const supplierIdOf = ({ settings }: SupplierAccess): string | undefined =>
  settings['supplier_id'] as string | undefined;

/** Tells what an error there means; what is no answer is thrown on, and counts as unknown. */
function answerTo(error: unknown): Exclude<SupplierAnswer<never>, { outcome: 'answered' }> {
  if (!(error instanceof AnswerError)) throw error;
  if (error.status === 404) return { outcome: 'sim_unknown' };
  if (error.status === 400) return { outcome: 'not_supported', detail: error.description ?? error.message };
  throw error;
}

/** Tells which SIM is meant, in the words of the other server: its own transaction, or the serial. */
async function simOf(client: TravelB2B, { reference, line }: SimQuestion): Promise<SimQuery | null> {
  if (reference === null) return line.kind === 'simId' ? { simId: line.serial } : null;
  const found = await client.topups.lookup(reference);
  return found && found.status !== 'refused' ? { transaction: found.transaction.id } : null;
}

/** Puts a question about a SIM to the other server. */
export async function askAboutSim<T>(
  client: TravelB2B,
  question: SimQuestion,
  ask: (client: TravelB2B, supplierId: string, sim: SimQuery) => Promise<T>,
): Promise<SupplierAnswer<T>> {
  const supplierId = supplierIdOf(question.supplier);
  if (supplierId === undefined) return NO_SUPPLIER;
  try {
    const sim = await simOf(client, question);
    return sim ? { outcome: 'answered', answer: await ask(client, supplierId, sim) } : { outcome: 'sim_unknown' };
  } catch (error) {
    return answerTo(error);
  }
}

/** Asks the other server what all our SIMs there consumed. */
export async function askForBalances(
  client: TravelB2B,
  { from, before, zone_level, supplier }: GlobalQuestion,
  signal: AbortSignal,
): Promise<SupplierAnswer<DistributorBalance>> {
  const supplierId = supplierIdOf(supplier);
  if (supplierId === undefined) return NO_SUPPLIER;
  const query = {
    startDate: from.toISOString(),
    // An instant there is included.
    endDate: new Date(before.getTime() - 1).toISOString(),
    zoneLevel: zone_level,
  };
  try {
    return { outcome: 'answered', answer: await client.suppliers.globalBalances(supplierId, query, { signal }) };
  } catch (error) {
    return answerTo(error);
  }
}
