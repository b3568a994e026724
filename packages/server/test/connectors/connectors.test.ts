import { OperatorServer, SimulatedSupplier, startFaultProxy } from '@opentopup/client/testing';
import { templateConnector } from '../../src/connectors/_template/connector.ts';
import type { SupplierAccess } from '../../src/connectors/connector.ts';
import { ding } from '../../src/connectors/ding/ding.ts';
import { dtone } from '../../src/connectors/dtone/dtone.ts';
import { reloadly } from '../../src/connectors/reloadly/reloadly.ts';
import { simulator } from '../../src/connectors/simulator/simulator.ts';
import { travelB2B } from '../../src/connectors/travel-b2b/travel-b2b.ts';
import type { Line } from '../../src/values/line.ts';
import { signInClient } from '../support/caller.ts';
import { type Case, conformance, type Subject } from '../support/conformance.ts';
import { createWorld } from '../support/server.ts';
import { startTemplateSupplier } from '../support/template-supplier.ts';

const SALE = '/distributors/transactions';
/** Nobody listens there; a port that fetch itself refuses would prove nothing. */
const NOWHERE = 'http://127.0.0.1:19999';

const number = (ending: string): Line => ({
  kind: 'msisdn',
  e164: `+33684587${ending}`,
  national: `684587${ending}`,
});
const ENDINGS: Record<Case, string> = { delivered: '587', refused: '002', silent: '007', unreachable: '005' };
const PRODUCT = { id: '01890000-0000-7000-8000-000000000002', supplier_reference: null, settings: {} };

async function simulated(): Promise<Subject> {
  const supplier = { id: '01890000-0000-7000-8000-000000000003', settings: { latency_ms: 1 }, secrets: {} };
  return {
    connector: simulator({ latency_ms: 0, callbackUrl: () => null, callbackSecret: 'secret' }),
    supplier,
    order: (as, reference) => ({ reference, line: number(ENDINGS[as]), product: PRODUCT, supplier }),
    delivered: null,
    end: async () => {},
  };
}

/** Another server of the wire, and a network between that may fail. */
interface Upstream {
  origin: string;
  offer: string;
  client: { id: string; secret: string };
  delivered: () => Promise<number>;
  end: () => Promise<void>;
}

async function through(upstream: Upstream): Promise<Subject> {
  const proxy = await startFaultProxy(upstream.origin);
  const at = (origin: string): SupplierAccess => ({
    id: '01890000-0000-7000-8000-000000000004',
    settings: { base_url: `${origin}/travel-b2b/v1`, client_id: upstream.client.id },
    secrets: { client_secret: upstream.client.secret },
  });
  const supplier = at(proxy.url);
  return {
    connector: travelB2B(),
    supplier,
    order: (as, reference) => {
      if (as === 'silent') proxy.fail('POST', SALE, { kind: 'cut', passOn: true });
      const line = number(as === 'refused' ? ENDINGS.refused : ENDINGS.delivered);
      const product = { ...PRODUCT, supplier_reference: upstream.offer };
      return { reference, line, product, supplier: as === 'unreachable' ? at(NOWHERE) : supplier };
    },
    delivered: upstream.delivered,
    end: async () => {
      await proxy.stop();
      await upstream.end();
    },
  };
}

/** The template speaks a dialect of its own, through the same unreliable network. */
async function template(): Promise<Subject> {
  const supplied = await startTemplateSupplier('key');
  const proxy = await startFaultProxy(supplied.origin);
  const at = (base_url: string): SupplierAccess => ({
    id: PRODUCT.id,
    settings: { base_url },
    secrets: { api_key: 'key' },
  });
  const supplier = at(proxy.url);
  return {
    connector: templateConnector(),
    supplier,
    order: (as, reference) => {
      if (as === 'silent') proxy.fail('POST', '/recharges', { kind: 'cut_amid' });
      const line = number(as === 'refused' ? ENDINGS.refused : ENDINGS.delivered);
      return { reference, line, product: PRODUCT, supplier: as === 'unreachable' ? at(NOWHERE) : supplier };
    },
    delivered: async () => supplied.delivered(),
    end: async () => {
      await proxy.stop();
      await supplied.stop();
    },
  };
}

async function operatorsApi(): Promise<Subject> {
  const server = await new OperatorServer().start();
  return through({
    origin: server.origin,
    offer: server.offers[0]?.id ?? '',
    client: { id: server.clientId, secret: server.clientSecret },
    delivered: async () => server.transactions.filter(({ status }) => status === 'ok').length,
    end: () => server.stop(),
  });
}

async function otherOpenTopup(): Promise<Subject> {
  const world = await createWorld('postgresql');
  const server = await world.start();
  const shop = await signInClient(server, world.demo);
  return through({
    origin: server.baseUrl,
    offer: world.offer('msisdn'),
    client: { id: world.demo.client_id, secret: world.demo.client_secret },
    delivered: async () => (await shop.get(`${SALE}/count?status=ok`)).body.count as number,
    end: () => world.remove(),
  });
}

/** DT One, as it is played by a process of its own, through the same unreliable network. */
async function playedDtone(): Promise<Subject> {
  const played = await SimulatedSupplier.start('dtone', 1_000);
  const proxy = await startFaultProxy(played.origin);
  const { KEY: key = '', SECRET: secret = '' } = played.credentials;
  const at = (origin: string): SupplierAccess => ({
    id: PRODUCT.id,
    settings: { base_url: `${origin}/v1` },
    secrets: { key, secret },
  });
  const supplier = at(proxy.url);
  return {
    connector: dtone(),
    supplier,
    order: (as, reference) => {
      if (as === 'silent') proxy.fail('POST', '/async/transactions', { kind: 'cut', passOn: true });
      const line = number(as === 'refused' ? '102' : '100');
      const product = { ...PRODUCT, supplier_reference: '10002' };
      return { reference, line, product, supplier: as === 'unreachable' ? at(NOWHERE) : supplier };
    },
    delivered: () => played.delivered(),
    end: async () => {
      await proxy.stop();
      await played.stop();
    },
  };
}

/** So fast that whatever an order comes to has happened once it is answered. */
const AT_ONCE = 1_000_000;

/** Reloadly, in the same way. */
async function playedReloadly(): Promise<Subject> {
  const vendor = await SimulatedSupplier.start('reloadly', AT_ONCE);
  const proxy = await startFaultProxy(vendor.origin);
  const { CLIENT_ID = '', CLIENT_SECRET = '' } = vendor.credentials;
  const at = (origin: string): SupplierAccess => ({
    id: PRODUCT.id,
    settings: { base_url: origin, auth_url: origin, client_id: CLIENT_ID },
    secrets: { client_secret: CLIENT_SECRET },
  });
  const supplier = at(proxy.url);
  const settings = { operator_id: 101, country: 'FR', amount: 10, currency: 'EUR', is_local: true };
  return {
    connector: reloadly(),
    supplier,
    order: (as, reference) => {
      if (as === 'silent') proxy.fail('POST', '/topups-async', { kind: 'cut', passOn: true });
      const line = number(as === 'refused' ? '902' : '587');
      const product = { ...PRODUCT, settings };
      return { reference, line, product, supplier: as === 'unreachable' ? at(NOWHERE) : supplier };
    },
    delivered: () => vendor.delivered(),
    end: async () => {
      await proxy.stop();
      await vendor.stop();
    },
  };
}

/** Ding, in the same way. */
async function playedDing(): Promise<Subject> {
  const vendor = await SimulatedSupplier.start('ding', AT_ONCE);
  const proxy = await startFaultProxy(vendor.origin);
  const { API_KEY = '' } = vendor.credentials;
  const at = (origin: string): SupplierAccess => ({
    id: PRODUCT.id,
    settings: { base_url: `${origin}/api/V1` },
    secrets: { api_key: API_KEY },
  });
  const supplier = at(proxy.url);
  const settings = { sku_code: 'S1FR_10', amount: 10, currency: 'USD' };
  return {
    connector: ding(),
    supplier,
    order: (as, reference) => {
      if (as === 'silent') proxy.fail('POST', '/SendTransfer', { kind: 'cut', passOn: true });
      // Its test number for what is not to be had.
      const line = number('587');
      if (as === 'refused' && line.kind === 'msisdn') line.e164 = '+33000000004';
      const product = { ...PRODUCT, settings };
      return { reference, line, product, supplier: as === 'unreachable' ? at(NOWHERE) : supplier };
    },
    delivered: () => vendor.delivered(),
    end: async () => {
      await proxy.stop();
      await vendor.stop();
    },
  };
}

conformance('_template', template, ['delivered', 'refused', 'silent', 'unreachable']);
conformance('simulator', simulated, ['delivered', 'refused', 'silent', 'unreachable']);
conformance("travel-b2b, over the operator's own API", operatorsApi, ['delivered', 'refused', 'silent', 'unreachable']);
conformance('travel-b2b, over another OpenTopup', otherOpenTopup, ['delivered', 'refused', 'silent', 'unreachable']);
conformance('dtone', playedDtone, ['delivered', 'refused', 'silent', 'unreachable']);
conformance('reloadly', playedReloadly, ['delivered', 'refused', 'silent', 'unreachable']);
conformance('ding', playedDing, ['delivered', 'refused', 'silent', 'unreachable']);
