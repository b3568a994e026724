import type { Event, EventType } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { allEventsOf, eventsOf } from '../src/events.ts';
import { AbortedError, Operator, type RequestEvent, TravelB2B } from '../src/index.ts';
import { allOf } from './support/all-of.ts';
import { type FaultProxy, startFaultProxy } from './support/fault-proxy.ts';
import { type DemoProgram, startDemoProgram } from './support/program.ts';

const WAIT = { timeout: 60_000, interval: 20 };
const STREAM = '/v1/events/stream';

let program: DemoProgram;
let proxy: FaultProxy;
/** By way of the proxy. */
let listener: ReturnType<typeof eventsOf>;
const asked: string[] = [];
let shop: TravelB2B;
let events: ReturnType<typeof eventsOf>;
beforeAll(async () => {
  program = await startDemoProgram();
  proxy = await startFaultProxy(program.baseUrl);
  const onRequest = ({ operation }: RequestEvent): void => void asked.push(operation);
  listener = eventsOf(new TravelB2B({ baseUrl: proxy.url, ...program.shop, onRequest }).opentopup.operations);
  shop = new TravelB2B({ baseUrl: program.baseUrl, ...program.shop });
  events = eventsOf(shop.opentopup.operations);
});
afterAll(() => Promise.all([proxy.stop(), program.stop()]));

const sell = async (): Promise<string> => {
  const order = { offer_id: program.offer('msisdn'), parameters: { msisdn: '0684587587' } };
  const result = await shop.topups.create(order);
  if (result.status !== 'ok') throw new Error(result.status);
  return result.transaction.id;
};
const newest = async (): Promise<Event> => {
  const [event] = await events.page({ order: 'newest', limit: 1 });
  if (!event) throw new Error('nothing has happened');
  return event;
};
const saleOf = ({ data }: { data: object }): string => ('id' in data ? String(data.id) : '');

/** Follows in the background. */
function follow(options: { types?: Event['type'][]; from?: string } = {}) {
  const stopped = new AbortController();
  const came: Event[] = [];
  const ended = (async () => {
    for await (const event of listener.follow({ ...options, signal: stopped.signal })) came.push(event);
  })();
  ended.catch(() => {});
  const stop = async (): Promise<void> => {
    stopped.abort();
    await expect(ended).rejects.toBeInstanceOf(AbortedError);
  };
  return { came, ended, stop };
}

describe('events', () => {
  it('are listed page by page, in either order', async () => {
    for (let n = 0; n < 5; n++) await sell();
    const types: EventType[] = ['transaction.completed'];
    await vi.waitFor(async () => expect((await allOf(events.list({ types }))).length).toBeGreaterThan(4), WAIT);
    const all = await allOf(events.list({ types, limit: 2 }));
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const back = await allOf(events.list({ types, order: 'newest' }));
    expect(back.toReversed()).toEqual(all);
    const [, second] = all;
    const [third] = await events.page({ types, cursor: String(second?.id) });
    expect(third).toEqual(all[2]);
  });

  it('are followed without a gap or a repeat, however often the connection is cut', async () => {
    const first = await sell();
    await vi.waitFor(async () => expect(saleOf(await newest())).toBe(first), WAIT);
    const from = (await newest()).id;
    // Cut in the middle of an event, answered by somebody else, refused, cut before the answer.
    proxy.fail('GET', STREAM, { kind: 'cut_amid' }, { kind: 'cut_amid' });
    proxy.fail('GET', STREAM, { kind: 'answer', passOn: false, status: 502 }, { kind: 'cut', passOn: true });
    const { came, stop } = follow({ from });
    const sold: string[] = [];
    for (let n = 0; n < 3; n++) sold.push(await sell());
    await vi.waitFor(() => expect(came).toHaveLength(3), WAIT);
    await proxy.refuse();
    for (let n = 0; n < 3; n++) sold.push(await sell());
    await proxy.accept();
    sold.push(await sell());
    await vi.waitFor(() => expect(came.length).toBeGreaterThanOrEqual(7), WAIT);
    expect(came.map(saleOf)).toEqual(sold);
    expect(new Set(came.map(({ id }) => id)).size).toBe(came.length);
    await stop();
  });

  it('are followed from the moment on when that was asked for, however late a connection is there', async () => {
    await sell();
    proxy.fail('GET', STREAM, { kind: 'delay', ms: 1_500 }, { kind: 'cut_amid' });
    asked.length = 0;
    const { came, stop } = follow({ types: ['transaction.failed'] });
    await vi.waitFor(() => expect(asked).toContain('streamEvents'), WAIT);
    await sell();
    const order = { offer_id: program.offer('msisdn'), parameters: { msisdn: '0684587002' } };
    const refused = await shop.topups.create(order);
    await vi.waitFor(() => expect(came).toHaveLength(1), WAIT);
    expect(came.map(saleOf)).toEqual([refused.status === 'refused' && refused.transactionId]);
    await stop();
    proxy.heal();
  });

  it('of all distributors are followed by the operator, each with whom it happened to', async () => {
    const operator = new Operator({ baseUrl: program.baseUrl, adminToken: program.adminToken });
    const all = allEventsOf(operator);
    const { distributor_id } = await operator.offers.get(program.offer('msisdn'));
    const [newestOfAll] = await all.page({ order: 'newest', limit: 1 });
    const sold = await sell();
    for await (const { distributor_id: whose, event } of all.follow({
      types: ['transaction.completed'],
      distributor: distributor_id,
      ...(newestOfAll && { from: newestOfAll.event.id }),
    })) {
      expect(whose).toBe(distributor_id);
      if (saleOf(event) === sold) break;
    }
    const list = await allOf(all.list({ distributor: distributor_id, types: ['transaction.completed'], limit: 3 }));
    expect(list.map(({ event }) => saleOf(event))).toContain(sold);
    expect(await all.page({ distributor: '01a20d0b-54d6-77c2-99f0-4ba20661bd01' })).toEqual([]);
  });

  it('that are not kept any more cannot be followed, and whoever stops asking ends it', async () => {
    const gone = follow({ from: '01a20d0b-54d6-77c2-99f0-4ba20661bd01' });
    await expect(gone.ended).rejects.toMatchObject({ name: 'AnswerError', status: 410, reason: 'event_gone' });
    await sell();
    for await (const event of events.follow({ from: '00000000-0000-0000-0000-000000000000' })) {
      expect(event.version).toBe(1);
      break;
    }
  });
});
