import { randomUUID } from 'node:crypto';
import { Absence, answered, type Check, holds, refusedWith, same, there } from '../check.ts';
import type { Seen } from '../guest.ts';
import type { SeenOffer, SeenTransaction, Workbench } from '../workbench.ts';
import { offerThat, offerToSell } from './offer-to-sell.ts';

const SELL = 'createTransaction';
const PATH = '/distributors/transactions';
/** How often a stock is looked at again that others sell from too. */
const LOOKS = 3;
/** Units of a stock that is sold out. */
const FEW = 4;

/** Orders a number, and gives the sale; one that the supplier did not make proves nothing. */
async function sale(
  bench: Workbench,
  msisdn = bench.wares.msisdn,
  more: object = {},
): Promise<[SeenOffer, SeenTransaction]> {
  const offer = await offerToSell(bench);
  const seen = await bench.order({ offer_id: offer.id, parameters: { msisdn }, ...more });
  if (isSuppliersNo(seen)) throw new Absence('certain_sale');
  return [offer, answered(SELL, seen, 201) as SeenTransaction];
}

const isSuppliersNo = ({ status, body }: Seen): boolean =>
  status === 400 && String(body?.description).startsWith('transaction failed ');

/** How much a stock has fallen while something was done; the same twice, as others sell from it too. */
async function fallOf(bench: Workbench, id: string, work: () => Promise<void>): Promise<number> {
  const before = (await bench.bucketOf(id)) ?? 0;
  await work();
  return before - ((await bench.bucketOf(id)) ?? 0);
}

const lastNine = (text: unknown): string => String(text).replaceAll(/\D/g, '').slice(-9);

/** What sells, and what must not. */
export const SALE_CHECKS: readonly Check[] = [
  {
    operation: SELL,
    rule: 'sale',
    severity: 'critical',
    needs: 'sell',
    run: async (bench) => {
      const user_id = `conformance-${randomUUID()}`;
      const [offer, { id, status, offer_id, resell_value, parameters, ...sold }] = await sale(bench, undefined, {
        user_id,
      });
      holds(['ok', 'pending', 'created'].includes(status), '/status', 'ok | pending | created', status);
      same('/offer_id', offer.id, offer_id);
      same('/user_id', user_id, sold.user_id);
      same('/resell_value', offer.resell_value, resell_value);
      same('/parameters/msisdn', lastNine(bench.wares.msisdn), lastNine(parameters?.msisdn));
      const read = answered('getDistributorTransactionDetail', await bench.guest.get(`${PATH}/${id}`));
      same('/id', id, read.id);
      const listed = answered(
        'getDistributorTransactionList',
        await bench.guest.get(`${PATH}?user=${user_id}`),
      ) as SeenTransaction[];
      same(
        'ids',
        [id],
        listed.map((each) => each.id),
      );
    },
  },
  {
    operation: SELL,
    rule: 'one_unit',
    severity: 'critical',
    needs: 'sell',
    run: async (bench) => {
      const { id } = await offerToSell(bench);
      const fall = await fallOf(bench, id, async () => {
        await sale(bench);
      });
      // Whoever sells the same offer meanwhile takes units too.
      if (fall > 1) throw new Absence('stock_of_its_own');
      same('/bucket', 1, fall);
    },
  },
  {
    operation: SELL,
    rule: 'one_number',
    severity: 'major',
    needs: 'sell',
    run: async (bench) => {
      const nine = lastNine(bench.wares.msisdn);
      const grouped = nine.replaceAll(/(\d)(?=(\d\d)+$)/g, '$1 ');
      const ids = new Set<string>();
      for (const form of [`+33 ${grouped}`, `0${nine}`, nine]) {
        const [, { id, parameters }] = await sale(bench, form);
        same('/parameters/msisdn', nine, lastNine(parameters?.msisdn));
        ids.add(id);
      }
      same('ids', 3, ids.size);
    },
  },
  {
    operation: SELL,
    rule: 'suppliers_no',
    severity: 'critical',
    needs: 'sell',
    run: async (bench) => {
      const { id, product } = await offerToSell(bench);
      const msisdn = there(bench.wares.refused, 'refused_number');
      const seen = await bench.order({ offer_id: id, parameters: { msisdn } });
      refusedWith(seen, 400, 0);
      const words = String(seen.body.description);
      const begin = `transaction failed (bucket unchanged) supplier ${product.supplier_id} product ${product.id} offer ${id} distributor `;
      holds(words.startsWith(begin) && / message .+$/.test(words), '/description', `${begin}… message …`, words);
    },
  },
  {
    operation: SELL,
    rule: 'no_keeps_bucket',
    severity: 'critical',
    needs: 'sell',
    run: async (bench) => {
      const { id } = await offerToSell(bench);
      const orders = [{ msisdn: '0684' }, ...(bench.wares.refused ? [{ msisdn: bench.wares.refused }] : [])];
      let fall = 0;
      for (let look = 0; look < LOOKS; look++) {
        fall = await fallOf(bench, id, async () => {
          for (const parameters of orders) await bench.order({ offer_id: id, parameters });
        });
        if (fall <= 0) return;
      }
      same('/bucket', 0, fall);
    },
  },
  {
    operation: SELL,
    rule: 'not_json_by_type',
    severity: 'minor',
    needs: 'sell',
    run: async (bench) => refusedWith(await bench.order('offer_id=1', { 'Content-Type': 'text/plain' }), 415, 68),
  },
  {
    operation: SELL,
    rule: 'order_without_token',
    severity: 'critical',
    needs: 'sell',
    run: async ({ guest }) => refusedWith(await guest.send('POST', PATH, { body: {}, token: null }), 401, 40),
  },
  {
    operation: SELL,
    rule: 'never_oversold',
    severity: 'critical',
    needs: 'sell',
    run: async (bench) => {
      if (!bench.wares.isSandbox) throw new Absence('sandbox');
      const { id } = await offerThat(({ product, bucket }) => {
        return product.type === 'topup' && bucket > 0 && bucket <= FEW;
      }, 'few_left')(bench);
      const left = (await bench.bucketOf(id)) ?? 0;
      const orders = Array.from({ length: left + 3 }, () =>
        bench.order({ offer_id: id, parameters: { msisdn: bench.wares.msisdn } }),
      );
      const sold = (await Promise.all(orders)).filter(({ status }) => status === 201).length;
      holds(sold <= left, '201', `≤ ${left}`, sold);
      const after = (await bench.bucketOf(id)) ?? -1;
      holds(after >= 0, '/bucket', '≥ 0', after);
    },
  },
  {
    operation: SELL,
    rule: 'key_sells_once',
    severity: 'critical',
    needs: 'sell',
    run: async (bench) => {
      const { id } = await offerToSell(bench);
      const key = randomUUID();
      const order = { offer_id: id, parameters: { msisdn: bench.wares.msisdn } };
      const first = await bench.order(order, { 'Idempotency-Key': key });
      // Not in the description: where nothing tells of such keys, none are promised.
      if (first.body?.customer_message === undefined) throw new Absence('keys');
      const again = await bench.order(order, { 'Idempotency-Key': key });
      same('/id', answered(SELL, first, 201).id, answered(SELL, again, 201).id);
    },
  },
];
