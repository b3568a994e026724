// A connector to copy. The supplier it speaks to does not exist: it takes `POST /recharges` and tells of them at
// `GET /recharges/{reference}`. Not in the registry; its tests keep it working. See CONTRIBUTING.md.
import type { SupplierReason } from '@opentopup/contract';
import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import { lineDigits } from '../../values/line.ts';
import type { Connector, Found, Outcome, Recharge, SupplierAccess } from '../connector.ts';
import { type Sent, sendJson } from '../http-transport.ts';
import { noAnswer, oddAnswer } from '../odd-answer.ts';

const SETTINGS = Type.Object(
  { base_url: Type.String({ pattern: '^https?://[^\\s]+$', description: 'Where its API answers' }) },
  { additionalProperties: false },
);

/** What it answers of a recharge. */
const Answer = Type.Object({
  id: Type.String(),
  state: Type.Enum(['done', 'failed', 'working']),
  error: Type.Optional(Type.String()),
});

/** Its words for a refusal. */
const MEANS: Record<string, SupplierReason> = { NO_SUCH_LINE: 'line_unknown', BARRED: 'line_barred' };
/** It keeps every recharge that it has taken, and takes none later than this. */
const CONCLUSIVE_AFTER_S = 60;

const baseOf = ({ settings }: SupplierAccess): string => (settings as Static<typeof SETTINGS>).base_url;
const keyOf = ({ secrets }: SupplierAccess): Record<string, string> => ({ 'x-api-key': secrets['api_key'] ?? '' });

/** What an answer proves. What cannot be understood proves nothing. */
function outcomeOf(sent: Sent): Outcome {
  if (sent.sent === 'never') {
    return { outcome: 'ko', reason: 'supplier_unavailable', message: `never sent: ${sent.why}` };
  }
  if (sent.sent === 'no_answer') return noAnswer(sent);
  const { status, body } = sent;
  if (status === 401) return { outcome: 'ko', reason: 'supplier_unavailable', message: 'it does not accept our key' };
  if (!Value.Check(Answer, body)) return oddAnswer(`its answer of ${status} makes no sense`);
  if (body.state === 'done') return { outcome: 'ok', supplier_reference: body.id };
  if (body.state === 'working') return { outcome: 'unknown', cause: 'it is still at it' };
  const error = body.error ?? 'no reason given';
  return { outcome: 'ko', reason: MEANS[error] ?? 'supplier_refused', message: error };
}

export function templateConnector(): Connector {
  return {
    settings: SETTINGS,
    secrets: { api_key: 'needed' },

    async recharge({ reference, line, product, supplier, record }: Recharge, signal): Promise<Outcome> {
      if (!line) return { outcome: 'ko', reason: 'supplier_refused', message: 'it has no eSIMs' };
      const body = { reference, line: lineDigits(line), product: product.supplier_reference };
      const headers = keyOf(supplier);
      const request = { method: 'POST', headers, body, signal, record } as const;
      return outcomeOf(await sendJson(`${baseOf(supplier)}/recharges`, request));
    },

    async lookup({ reference, supplier, record }: Recharge, signal): Promise<Found> {
      const headers = keyOf(supplier);
      const request = { method: 'GET', headers, signal, record } as const;
      const sent = await sendJson(`${baseOf(supplier)}/recharges/${reference}`, request);
      if (sent.sent === 'answered' && sent.status === 404) return { outcome: 'not_found' };
      // What was not asked was not answered, and proves nothing of the recharge.
      return sent.sent === 'answered' && sent.status === 200
        ? outcomeOf(sent)
        : { outcome: 'unknown', cause: 'it could not be asked' };
    },

    conclusiveAfter_s: () => CONCLUSIVE_AFTER_S,
  };
}
