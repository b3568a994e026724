import { type Check, refusedWith } from '../check.ts';
import { NOBODYS, type SeenOffer, WELCOME_TRAVELERS, type Workbench } from '../workbench.ts';
import { offerThat, offerToSell } from './offer-to-sell.ts';

/** The row of the table of refusals, to the letter. */
interface RefusedOrder {
  rule: Check['rule'];
  severity: Check['severity'];
  code: number;
  /** The description, of the offer that is ordered. */
  says: (offer: SeenOffer) => string;
  body: (offer: SeenOffer, bench: Workbench) => unknown;
  /** The offer that is ordered; without it, the one that is sold. */
  offer?: (bench: Workbench) => Promise<SeenOffer>;
}

const isPast = (date: string | undefined): boolean => date !== undefined && Date.parse(date) < Date.now();
const line = (offer: SeenOffer, bench: Workbench) => ({
  offer_id: offer.id,
  parameters: { msisdn: bench.wares.msisdn },
});
const badParameter = ({ id }: SeenOffer): string => `bad parameter for transaction for offer ${id}`;

const ROWS: readonly RefusedOrder[] = [
  {
    rule: 'no_json',
    severity: 'major',
    code: 22,
    says: () => 'unable to decode json body',
    body: () => '{"offer_id":',
  },
  { rule: 'no_body', severity: 'minor', code: 21, says: () => 'unable to decode json body', body: () => '' },
  {
    rule: 'no_offer',
    severity: 'major',
    code: 23,
    says: () => 'missing offer_id parameter in body',
    body: (_, bench) => ({ parameters: { msisdn: bench.wares.msisdn } }),
  },
  {
    rule: 'offer_no_uuid',
    severity: 'major',
    code: 24,
    says: () => 'invalid offer_id parameter',
    body: (_, bench) => ({ offer_id: 'x', parameters: { msisdn: bench.wares.msisdn } }),
  },
  {
    rule: 'nobodys_offer',
    severity: 'critical',
    code: 24,
    says: () => 'invalid offer_id parameter',
    body: (_, bench) => ({ offer_id: NOBODYS, parameters: { msisdn: bench.wares.msisdn } }),
  },
  {
    rule: 'no_parameters',
    severity: 'major',
    code: 23,
    says: () => 'missing parameters parameter in body',
    body: ({ id }) => ({ offer_id: id }),
  },
  {
    rule: 'empty_parameters',
    severity: 'major',
    code: 23,
    says: () => 'parameters not set in body',
    body: ({ id }) => ({ offer_id: id, parameters: {} }),
  },
  {
    rule: 'no_number',
    severity: 'major',
    code: 24,
    says: badParameter,
    body: ({ id }) => ({ offer_id: id, parameters: { ean: '1' } }),
  },
  {
    rule: 'malformed_number',
    severity: 'critical',
    code: 24,
    says: badParameter,
    body: ({ id }) => ({ offer_id: id, parameters: { msisdn: '0684' } }),
  },
  {
    rule: 'serial_for_number',
    severity: 'critical',
    code: 24,
    says: badParameter,
    body: ({ id }) => ({ offer_id: id, parameters: { simId: '8991101200003204514' } }),
  },
  {
    rule: 'empty_bucket',
    severity: 'critical',
    code: 0,
    says: ({ id }) => `bucket empty for offer ${id}`,
    body: line,
    offer: offerThat(({ bucket, product }) => bucket === 0 && product.type === 'topup', 'empty_offer'),
  },
  {
    rule: 'expired_offer',
    severity: 'critical',
    code: 0,
    says: ({ id, product }) => `product ${product.id} not available (expired) for offer ${id}`,
    body: line,
    offer: offerThat(({ expiration_date }) => isPast(expiration_date), 'expired_offer'),
  },
  {
    rule: 'unavailable_product',
    severity: 'critical',
    code: 0,
    says: ({ id, product, status = '' }) => `product ${product.id} not available (${status}) for offer ${id}`,
    body: line,
    offer: offerThat(({ status }) => status === 'withdrawn', 'unavailable_offer'),
  },
  {
    rule: 'number_for_serial',
    severity: 'critical',
    code: 24,
    says: badParameter,
    body: line,
    offer: offerThat(
      ({ product, bucket }) => product.type === 'topup' && product.supplier_id === WELCOME_TRAVELERS && bucket > 0,
      'serial_offer',
    ),
  },
  {
    rule: 'unmanaged',
    severity: 'major',
    code: 0,
    says: ({ product }) => `supplier ${product.supplier_id} not managed yet`,
    body: line,
    offer: async (bench) => {
      const none = (await bench.suppliers()).filter(({ connector_status }) => connector_status === 'none');
      const ids = new Set(none.map(({ id }) => id));
      return offerThat(({ product }) => ids.has(product.supplier_id), 'unmanaged_offer')(bench);
    },
  },
];

const rowCheck = ({ rule, severity, code, says, body, offer = offerToSell }: RefusedOrder): Check => ({
  operation: 'createTransaction',
  rule,
  severity,
  needs: 'sell',
  run: async (bench) => {
    const ordered = await offer(bench);
    refusedWith(await bench.order(body(ordered, bench)), 400, code, says(ordered));
  },
});

/** Every way in which an order is refused, by the table of the description. */
export const REFUSED_ORDER_CHECKS: readonly Check[] = ROWS.map(rowCheck);
