import { EXAMPLE_SIM_SERIAL, type OfferLight, type SimulatorNumber } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import mobiles from 'libphonenumber-js/mobile/examples';
import { sandbox, server } from '../../server.ts';
import type { CallField, CallName } from './calls.ts';
import type { Typed } from './request.ts';

/** What is in the sandbox, and works in a call. */
export interface Samples {
  offers: readonly OfferLight[];
  suppliers: readonly { id: string; name: string }[];
  numbers: readonly SimulatorNumber[];
  /** The newest transaction there. */
  transaction: string | undefined;
  /** The SIM that was recharged last there: one may only ask about those that one has sold to. */
  sim: string | undefined;
}

export const SAMPLES = ['sandbox'];

async function findSamples(): Promise<Samples> {
  const [offers, suppliers, newest, numbers] = await Promise.all([
    sandbox.call('getDistributorOfferList', { query: { limit: 1_000 } }),
    sandbox.call('getAvailableSupplierList'),
    sandbox.call('getDistributorTransactionList', { query: { limit: 100 } }),
    server.opentopup.call('listSimulatorNumbers'),
  ]);
  const sims = newest.flatMap(({ status, parameters }) => (status === 'ok' && parameters.simId) || []);
  return { offers, suppliers, numbers, transaction: newest[0]?.id, sim: sims[0] };
}

export const useSamples = () => useQuery({ queryKey: SAMPLES, queryFn: findSamples });

const OF_NO_COUNTRY = { digits: '684587587', prefix: 33 };
/** So short a serial has no check digit, so that any ending will do. */
const SHORT_SERIAL = EXAMPLE_SIM_SERIAL.slice(0, 15);
const PLAIN = '587';

/** Gives a number that the offer can recharge, or a serial, with this ending: one that succeeds unless told. */
export function lineWith(offer: OfferLight | undefined, name: string, ending = PLAIN): string {
  if (name === 'simId') return `${SHORT_SERIAL}${ending}`;
  const { line_country = '', coverage_zone = [] } = offer?.product ?? {};
  const digits = (mobiles as Partial<Record<string, string>>)[line_country];
  const prefix = coverage_zone.find(({ iso_code }) => iso_code === line_country)?.phone_prefix;
  const of = digits && prefix ? { digits, prefix } : OF_NO_COUNTRY;
  return `+${of.prefix}${of.digits.slice(0, -3)}${ending}`;
}

/** Gives the offer that a call is about; the first that sells a top-up unless another was chosen. */
export function sampleOffer({ offers }: Samples, typed: Typed): OfferLight | undefined {
  const chosen = typed['body.offer_id'] ?? typed['params.id'];
  return (
    offers.find(({ id }) => id === chosen) ?? offers.find(({ product }) => product.line_kind === 'msisdn') ?? offers[0]
  );
}

/** Tells whose ids a field takes. */
export function subjectOf(name: CallName, { key }: CallField): 'offer' | 'supplier' | 'transaction' | null {
  if (key === 'body.offer_id' || key === 'query.offer') return 'offer';
  if (key === 'query.supplier') return 'supplier';
  if (key === 'query.transaction') return 'transaction';
  if (key !== 'params.id') return null;
  if (name === 'getDistributorTransactionDetail') return 'transaction';
  return name.includes('Offer') ? 'offer' : 'supplier';
}

const FEW = '5';

/** Tells what stands in a field before anything was typed: the smallest request that works. */
export function initialOf(name: CallName, field: CallField, samples: Samples, typed: Typed, key: string): string {
  const { place, path, example } = field;
  const last = path.at(-1) ?? '';
  const offer = sampleOffer(samples, typed);
  if (place === 'headers') return key;
  if (place === 'params' || field.key === 'body.offer_id') {
    const subject = subjectOf(name, field);
    if (subject === 'offer') return offer?.id ?? '';
    if (subject === 'transaction') return samples.transaction ?? '';
    // SIMs are asked about by their serials where orders name them so.
    const bySerial = samples.offers.find(({ product }) => product.line_kind === 'simId');
    return bySerial?.product.supplier_id ?? samples.suppliers[0]?.id ?? '';
  }
  if (last === 'simId' && place === 'query') return samples.sim ?? lineWith(offer, last);
  if (place === 'query') return last === 'limit' ? FEW : written(example);
  if (path[0] === 'parameters') return last === offer?.product.line_kind ? lineWith(offer, last) : '';
  return written(example);
}

const written = (example: unknown): string =>
  typeof example === 'string' ? example : example === undefined ? '' : JSON.stringify(example);
