import { type FaultProxy, type OfferInStock, OperatorServer, startFaultProxy } from '@opentopup/client/testing';
import { FIRST_CURSOR } from '@opentopup/contract';
import { vi } from 'vitest';
import { type PathCaller, signInClient } from './caller.ts';
import { connectUpstream, createGateway, type Gateway, UPSTREAM } from './gateway.ts';
import type { Engine, RunningServer } from './server.ts';

export const SUPPLIER = `/admin/v1/suppliers/${UPSTREAM}`;
/** Of what the operator alone is told. */
const TYPES = 'supplier.price_changed,supplier.product_withdrawn,supplier.product_added,supplier.cost_differs';

/** Whoever runs the gateway, and a shop that sells through it. */
export class GatewayPeople {
  readonly operator: PathCaller;
  readonly shop: PathCaller;
  #cursor: string = FIRST_CURSOR;

  constructor(operator: PathCaller, shop: PathCaller) {
    this.operator = operator;
    this.shop = shop;
  }

  /** Reads the catalogue again; gives what has changed of one of its offers. */
  async read(reference?: string, body: object = {}): Promise<Record<string, unknown>[]> {
    const answer = await this.operator.post(`${SUPPLIER}/readings`, body);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    const changes = answer.body.changes as Record<string, unknown>[];
    return reference === undefined ? changes : changes.filter((each) => each['supplier_reference'] === reference);
  }

  async rule(on_catalogue_change: string): Promise<void> {
    await this.operator.patch(SUPPLIER, { on_catalogue_change });
  }

  async change(offerId: string, body: object): Promise<unknown> {
    return (await this.operator.patch(`/admin/v1/offers/${offerId}`, body)).body;
  }

  async statusOf(offerId: string): Promise<string> {
    return (await this.shop.get(`/distributors/offers/${offerId}`)).body.status as string;
  }

  async grant(offerId: string): Promise<void> {
    const stock = { units: 50, reference: 'first', justification: 'Test' };
    await this.operator.post(`/admin/v1/offers/${offerId}/grants`, stock);
  }

  /**
   * What the operator alone was told since the last time. An event shows once all transactions before it have ended: so
   * whoever knows how much there is to be told waits for it, and looks only at what is about its own offer.
   */
  async news(atLeast = 0, about = ''): Promise<any[]> {
    const told: any[] = [];
    await vi.waitFor(
      async () => {
        const { body } = await this.operator.get(`/admin/v1/events?types=${TYPES}&cursor=${this.#cursor}&limit=1000`);
        this.#cursor = body.at(-1)?.event.id ?? this.#cursor;
        told.push(...body.filter(({ event }: any) => JSON.stringify(event.data).includes(about)));
        if (told.length < atLeast) throw new Error(`${told.length} of ${atLeast} events have come`);
      },
      { timeout: 60_000 },
    );
    return told;
  }

  /** What an order came to, in short. */
  async sell(offerId: string): Promise<unknown[]> {
    const { status, body } = await this.shop.sell(offerId, { msisdn: '0684587587' });
    return [status, body.reason ?? body.status];
  }
}

/** The people of a gateway on this server. */
export const peopleOf = async (gateway: Gateway, server: RunningServer): Promise<GatewayPeople> =>
  new GatewayPeople(gateway.operator(server), await signInClient(server, gateway.world.demo));

/** A gateway in front of the operator's own API, whose catalogue tests change. It is read only when they say so. */
export class Scene {
  people: GatewayPeople;
  server: RunningServer;
  readonly upstream: OperatorServer;
  readonly proxy: FaultProxy;
  readonly gateway: Gateway;
  readonly #offers: ReadonlyMap<string, string>;
  #taken = 0;

  private constructor(
    parts: Pick<Scene, 'people' | 'server' | 'upstream' | 'proxy' | 'gateway'>,
    offers: ReadonlyMap<string, string>,
  ) {
    this.people = parts.people;
    this.server = parts.server;
    this.upstream = parts.upstream;
    this.proxy = parts.proxy;
    this.gateway = parts.gateway;
    this.#offers = offers;
  }

  static async open(engine: Engine): Promise<Scene> {
    const upstream = await new OperatorServer().start();
    const proxy = await startFaultProxy(upstream.origin);
    const gateway = await createGateway(engine);
    const server = await gateway.start({ CATALOGUE_INTERVAL_S: '86400' });
    const people = await peopleOf(gateway, server);
    const access = { origin: proxy.url, client_id: upstream.clientId, client_secret: upstream.clientSecret };
    const offers = await connectUpstream(gateway, server, access);
    return new Scene({ people, server, upstream, proxy, gateway }, offers);
  }

  /** An offer that no other test has, in stock: as it is there, and its id here. */
  async take(): Promise<[OfferInStock, string]> {
    this.#taken += 1;
    const there = this.upstream.offers[this.#taken] as OfferInStock;
    const here = this.#offers.get(there.id) ?? '';
    await this.people.grant(here);
    return [there, here];
  }

  /** Takes an offer off the list there; gives the way to put it back. */
  withdraw(offer: OfferInStock): () => void {
    const at = this.upstream.offers.indexOf(offer);
    this.upstream.offers.splice(at, 1);
    return () => this.upstream.offers.splice(at, 0, offer);
  }

  async close(): Promise<void> {
    await this.gateway.world.remove();
    await this.proxy.stop();
    await this.upstream.stop();
  }
}
