// The floor of the wire: JSON is read, and the bytes of an answer are written, of the size of ours. Nothing is checked, kept or
// logged, so nothing that answers over Node.js's own HTTP server can cost less.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

/** What does not depend on the order. */
const SOLD = {
  status: 'ok',
  product_type: 'airtime topup',
  billing_mode: 'prepaid',
  creation_date: '2026-11-30T06:00:00.000Z',
  change_date: '2026-11-30T06:00:00.006Z',
  offer_name: 'Mobile France 10 EUR',
  product_name: 'Mobile France 10 EUR',
  supplier_name: 'Orange France',
  resell_value: 7.92,
  distributor_fees: 0,
  distributor_fees_type: 'percent',
  public_price: 7.92,
  margin: 0,
  bonus_value: 10,
  reference_currency: 'EUR',
  local_currency: 'EUR',
  customer_message: 'Your top-up Mobile France 10 EUR has arrived.',
};

interface Order {
  offer_id: string;
  parameters: { msisdn: string };
}

const server = createServer((request, answer) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    // Asked whether it is up.
    if (chunks.length === 0) {
      answer.end();
      return;
    }
    const { offer_id, parameters } = JSON.parse(Buffer.concat(chunks).toString()) as Order;
    const id = randomUUID();
    const body = JSON.stringify({ id, ...SOLD, offer_id, parameters });
    const head = {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
      'X-Request-Id': id,
      'Cache-Control': 'no-store',
    };
    answer.writeHead(201, head).end(body);
  });
});
server.listen(Number(process.env['PORT']), process.env['HOST']);
process.once('SIGTERM', () => process.exit(0));
