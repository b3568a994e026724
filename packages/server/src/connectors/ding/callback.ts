import Type from 'typebox';
import { Value } from 'typebox/value';
import { readAttemptReference } from '../../values/attempt.ts';
import type { Callback, CallbackNews } from '../connector.ts';

const Named = Type.Object({ TransferId: Type.Object({ DistributorRef: Type.String() }) });
/** Its notifications are in none of its descriptions; a record is written like this wherever there is one. */
const Notification = Type.Union([Type.Object({ TransferRecord: Named }), Named]);

function read(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}

/** Reads of which transfer a notification tells. What it tells is not believed: anybody could have sent it. */
export function readDingCallback({ body }: Callback): CallbackNews | null {
  const told = read(body);
  if (!Value.Check(Notification, told)) return null;
  const { DistributorRef } = 'TransferRecord' in told ? told.TransferRecord.TransferId : told.TransferId;
  return readAttemptReference(DistributorRef) ? { reference: DistributorRef, outcome: null } : null;
}
