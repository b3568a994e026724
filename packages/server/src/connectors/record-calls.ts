import type { Context } from '../context.ts';
import { newId } from '../database/ids.ts';
import { REDACTED } from '../secrets/redact.rules.ts';
import type { AttemptKey } from '../values/attempt.ts';
import type { KeptCall } from './call-queue.ts';
import type { Found, SupplierAccess } from './connector.ts';
import type { RecordCall, RecordedCall } from './recorded-call.ts';

/** Takes down what is said to a supplier in one attempt. */
export interface Recording {
  record: RecordCall;
  /** The call has ended so: what it told of an eSIM or a PIN is known from now on, and not kept. */
  end: (found: Found) => void;
}

/**
 * Begins to take down one call of a connector, which may make several requests.
 * @param isSecret what the supplier answers may be what was bought: unless its secrets become known, no answer is kept
 */
export function recordCalls(
  { callLog }: Pick<Context, 'callLog'>,
  { distributor_id, transaction_id, number: attempt }: AttemptKey,
  kind: KeptCall['kind'],
  { id: supplier_id, secrets }: Pick<SupplierAccess, 'id' | 'secrets'>,
  isSecret: boolean,
): Recording {
  const known = Object.values(secrets);
  let isHidden = isSecret;
  const keep = (call: RecordedCall): void => {
    const response = call.response && (isHidden ? REDACTED : call.response);
    callLog.add({ ...call, response, id: newId(), distributor_id, transaction_id, supplier_id, attempt, kind, known });
  };
  // What is an eSIM's secret is only known at the end.
  let early: RecordedCall[] | null = [];
  return {
    record: (call) => {
      if (early) early.push(call);
      else keep(call);
    },
    end: (found) => {
      if (found.outcome === 'ok' && found.esim) {
        const { activation_code, smdp_url, matching_id, pin_code, puk } = found.esim;
        known.push(activation_code, smdp_url, matching_id, pin_code, puk);
      }
      if (found.outcome === 'ok' && found.receipt) {
        const { text = '', pin } = found.receipt;
        known.push(text, pin?.code ?? '', pin?.serial ?? '');
      }
      // Where it was refused there is no eSIM.
      if (found.outcome === 'ko' || (found.outcome === 'ok' && found.esim)) isHidden = false;
      for (const call of early ?? []) keep(call);
      early = null;
    },
  };
}
