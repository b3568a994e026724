import type { LedgerProofStep } from '@opentopup/contract';
import { ConnectionError } from './errors.ts';
import type { OperationSet } from './operation-set.ts';
import type { OperatorOperations } from './operations.ts';
import type { CallOptions } from './options.ts';
import { readServerSent } from './server-sent.ts';

/**
 * Proves the ledger, and tells second by second how far it is, and last the report. Whoever asks for no more has stopped it.
 * @throws ConnectionError where it is cut before its report
 */
export async function* followVerificationOf(
  operator: Pick<OperationSet<OperatorOperations>, 'stream'>,
  offer?: string,
  o?: CallOptions,
): AsyncGenerator<LedgerProofStep, void, undefined> {
  const query = offer === undefined ? {} : { offer };
  const body = await operator.stream('followVerification', 'text/event-stream', { query }, o);
  let last: LedgerProofStep | undefined;
  for await (const data of readServerSent(body)) {
    last = JSON.parse(data) as LedgerProofStep;
    yield last;
  }
  if (last?.type !== 'report') throw new ConnectionError('the proof was cut before its end', false);
}
