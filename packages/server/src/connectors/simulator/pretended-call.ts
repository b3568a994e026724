import { lineText } from '../../values/line.ts';
import type { Found, Recharge, SupplierReceipt } from '../connector.ts';
import { timeCall } from '../recorded-call.ts';

const URL = 'https://simulator.example/recharges';

const handedOver = (receipt: SupplierReceipt | undefined): object =>
  receipt ? { message: receipt.text, voucher: receipt.pin?.code, number: receipt.pin?.serial } : {};

/** Tells what a supplier with a network would have answered; nothing of an eSIM but that it was delivered. */
function answerOf(found: Found, reference: string): { status: number; body: object } | null {
  switch (found.outcome) {
    case 'ok':
      return { status: 200, body: { state: 'done', id: `sim-${reference}`, ...handedOver(found.receipt) } };
    case 'ko':
      return {
        status: found.reason === 'supplier_unavailable' ? 503 : 422,
        body: { state: 'refused', error: found.reason, message: found.message },
      };
    case 'not_found':
      return { status: 404, body: { error: 'not_found', message: 'no recharge of this reference' } };
    case 'unknown':
      return null;
  }
}

/** Begins the request that the simulator would have been sent; what is given back takes note of what it answers. */
export function pretendCall(method: 'GET' | 'POST', recharge: Recharge): (found: Found) => void {
  const { reference, line, product, record } = recharge;
  const order = { reference, ...(line && { line: lineText(line) }), product: product.supplier_reference ?? product.id };
  const note = timeCall(
    record,
    method === 'POST'
      ? { method, url: URL, request: JSON.stringify(order) }
      : { method, url: `${URL}/${reference}`, request: null },
  );
  return (found) => {
    const answer = answerOf(found, reference);
    if (answer) note({ status: answer.status, response: JSON.stringify(answer.body) });
    else note({ failure: found.outcome === 'unknown' ? found.cause : 'no answer' });
  };
}
