import { answered, type Check, holds, oneOfAnswer, refusedWith, same, there } from '../check.ts';
import type { SeenOffer, Workbench } from '../workbench.ts';
import { byIdChecks } from './by-id.ts';

const DETAIL = 'getDistributorOffer';
const CHANGE = 'changeDistributorOfferEditableParameters';

const pathOf = (id: string): string => `/distributors/offers/${id}`;
const first = async (bench: Workbench): Promise<SeenOffer> => there((await bench.offers())[0], 'offers');

const READING: readonly Check[] = [
  {
    operation: 'getDistributorOfferList',
    rule: 'bucket',
    severity: 'critical',
    run: async (bench) => {
      const offers = await bench.offers();
      there(offers[0], 'offers');
      for (const { id, bucket } of offers) holds(bucket >= 0 && Number.isInteger(bucket), id, 'bucket ≥ 0', bucket);
    },
  },
  {
    operation: 'getDistributorOfferList',
    rule: 'each_once',
    severity: 'critical',
    run: async (bench) => {
      const ids = (await bench.offers()).map(({ id }) => id);
      there(ids[0], 'offers');
      same('ids', new Set(ids).size, ids.length);
    },
  },
  {
    operation: DETAIL,
    rule: 'as_listed',
    severity: 'critical',
    run: async (bench) => {
      const { id, name, product, resell_value } = await first(bench);
      const offer = oneOfAnswer<SeenOffer>(answered(DETAIL, await bench.guest.get(pathOf(id))));
      same('/id', id, offer.id);
      same('/name', name, offer.name);
      same('/product/id', product.id, offer.product.id);
      same('/resell_value', resell_value, offer.resell_value);
    },
  },
  ...byIdChecks(DETAIL, pathOf),
  {
    operation: 'getAvailableSupplierList',
    rule: 'answer',
    severity: 'major',
    run: async ({ guest }) => {
      answered('getAvailableSupplierList', await guest.get('/distributors/suppliers'));
    },
  },
];

const feesOf = (offer: Partial<SeenOffer>) => ({
  distributor_fees: offer.distributor_fees ?? offer.distribution_fees ?? 0,
  distributor_fees_type: offer.distributor_fees_type ?? offer.distribution_fees_type ?? 'value',
});

type Refusal = readonly [rule: Check['rule'], severity: Check['severity'], code: number, body: unknown];

const REFUSED_CHANGES: readonly Refusal[] = [
  ['no_body', 'minor', 21, ''],
  ['no_json', 'minor', 22, '{'],
  ['own_price', 'critical', 24, { resell_value: 1 }],
  ['fee_below_zero', 'major', 24, { distributor_fees: -1 }],
  ['fee_type', 'major', 24, { distributor_fees: 1, distributor_fees_type: 'rate' }],
];

const CHANGING: readonly Check[] = [
  {
    operation: CHANGE,
    rule: 'name_changed',
    severity: 'major',
    needs: 'sell',
    run: async (bench) => {
      const { id, name } = there(await bench.offerToSell(), 'offer_to_sell');
      const change = (to: string): Promise<SeenOffer> =>
        bench.guest
          .send('PATCH', pathOf(id), { body: { name: to } })
          .then((seen) => oneOfAnswer<SeenOffer>(answered(CHANGE, seen)));
      try {
        same('/name', `${name} *`, (await change(`${name} *`)).name);
        const { body } = await bench.guest.get(pathOf(id));
        same('/name', `${name} *`, oneOfAnswer<SeenOffer>(body)?.name);
      } finally {
        await bench.guest.send('PATCH', pathOf(id), { body: { name } });
      }
    },
  },
  ...REFUSED_CHANGES.map(
    ([rule, severity, code, body]): Check => ({
      operation: CHANGE,
      rule,
      severity,
      needs: 'sell',
      run: async (bench) => {
        const { id, resell_value, ...offer } = there(await bench.offerToSell(), 'offer_to_sell');
        const seen = await bench.guest.send('PATCH', pathOf(id), { body });
        // Whoever takes what has to be refused gets back what was there.
        if (seen.status < 300) await bench.guest.send('PATCH', pathOf(id), { body: feesOf(offer) });
        refusedWith(seen, 400, code);
        const after = oneOfAnswer<SeenOffer>((await bench.guest.get(pathOf(id))).body);
        same('/resell_value', resell_value, after?.resell_value);
      },
    }),
  ),
];

/** What is offered, and what a distributor may change about it. */
export const OFFER_CHECKS: readonly Check[] = [...READING, ...CHANGING];
