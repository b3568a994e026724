import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RawCaller, rawSignIn } from '../support/raw-caller.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';

interface SentSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  links?: { traceId: string; spanId: string }[];
  attributes: { key: string; value: { stringValue?: string } }[];
}

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';

describe('the traces', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let collector: Server;
  let shop: RawCaller;
  const sent: string[] = [];
  const spans: SentSpan[] = [];
  let sold: any;
  let receiver: Receiver;

  beforeAll(async () => {
    world = await createWorld('postgresql');
    collector = createServer((request, response) => {
      void text(request).then((body) => {
        sent.push(body);
        for (const { scopeSpans } of JSON.parse(body).resourceSpans) {
          for (const scope of scopeSpans) spans.push(...scope.spans);
        }
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
    server = await world.start({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, SEALING_KEY, WEBHOOK_ALLOW: '127.0.0.0/8' });
    shop = await rawSignIn(server, world.demo);
    receiver = await startReceiver();
    await shop.post('/v1/webhooks', { url: receiver.url });
    const traceparent = `00-${TRACE}-${CALLER}-01`;
    sold = (await shop.sell(world.offer('msisdn'), { msisdn: '0684587587' }, { traceparent })).body;
    await shop.sell(world.offer('msisdn'), { msisdn: '0684587002' }, { traceparent: 'nonsense' });
    await receiver.waitFor(({ length }) => length === 2);
    // What is still to be sent is sent when it stops.
    await server.stop();
  });
  afterAll(async () => {
    await world.remove();
    collector.close();
    await receiver.stop();
  });

  const attributesOf = ({ attributes }: SentSpan): Record<string, string | undefined> =>
    Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue]));

  it('lead from the caller’s span to the request, and from there to hold, supplier and resolve', () => {
    const ofSale = spans.filter(({ traceId }) => traceId === TRACE);
    expect(ofSale.map(({ name }) => name).toSorted()).toEqual([
      'POST /distributors/transactions',
      'hold',
      'resolve',
      'supplier',
    ]);
    const request = ofSale.find(({ name }) => name.startsWith('POST'));
    expect(request?.parentSpanId).toBe(CALLER);
    for (const span of ofSale.filter((each) => each !== request)) expect(span.parentSpanId).toBe(request?.spanId);
    const resolve = ofSale.find(({ name }) => name === 'resolve') as SentSpan;
    expect(attributesOf(resolve)).toMatchObject({ 'opentopup.result': 'ok', 'opentopup.transaction_id': sold.id });
  });

  it('begin anew where the caller names no span, and say why a request was refused', () => {
    const refused = spans.find((span) => attributesOf(span)['opentopup.reason'] === 'line_barred') as SentSpan;
    expect(refused.traceId).not.toBe(TRACE);
    expect(refused.parentSpanId ?? '').toBe('');
  });

  it('tell of each webhook what it was about, and whose request that was', () => {
    const deliveries = spans.filter(({ name }) => name === 'webhook');
    const [told] = receiver.received.filter(({ event }) => event.data.id === sold.id);
    expect(deliveries).toHaveLength(2);
    const delivery = deliveries.find((span) => attributesOf(span)['opentopup.transaction_id'] === sold.id);
    expect(attributesOf(delivery as SentSpan)).toMatchObject({
      'opentopup.event_id': told?.headers['webhook-id'],
      'opentopup.event_type': 'transaction.completed',
      'opentopup.result': 'delivered',
    });
    const request = spans.find(({ name, traceId }) => traceId === TRACE && name.startsWith('POST'));
    expect(delivery?.traceId).not.toBe(TRACE);
    expect(delivery?.links).toMatchObject([{ traceId: TRACE, spanId: request?.spanId }]);
  });

  it('hold no number of a customer', () => {
    expect(sent.join('')).not.toContain('684587');
  });
});
