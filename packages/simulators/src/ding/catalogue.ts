/** The currency of the account. */
export const DING_CURRENCY = 'USD';

export interface DingCountry {
  iso: string;
  name: string;
  callingCode: string;
  /** How many digits a number has behind the calling code. */
  digits: number;
  currency: string;
  /** Of its main unit, for one dollar. */
  rate: number;
}

const country = (
  iso: string,
  name: string,
  callingCode: string,
  digits: number,
  currency: string,
  rate: number,
): DingCountry => ({ iso, name, callingCode, digits, currency, rate });

const FRANCE = country('FR', 'France', '33', 9, 'EUR', 0.92);
const JAMAICA = country('JM', 'Jamaica', '1876', 7, 'JMD', 156);
const BOLIVIA = country('BO', 'Bolivia', '591', 8, 'BOB', 6.9);
const NIGERIA = country('NG', 'Nigeria', '234', 10, 'NGN', 1_500);
export const DING_COUNTRIES: readonly DingCountry[] = [FRANCE, JAMAICA, BOLIVIA, NIGERIA];

export interface DingProviderPlayed {
  code: string;
  name: string;
  country: DingCountry;
}

const provider = (code: string, name: string, of: DingCountry): DingProviderPlayed => ({ code, name, country: of });
const FR_ONE = provider('S1FR', 'Simulated One France', FRANCE);
const JM_ONE = provider('S1JM', 'Simulated One Jamaica', JAMAICA);
const BO_ONE = provider('S1BO', 'Simulated One Bolivia', BOLIVIA);
const BO_TWO = provider('S2BO', 'Simulated Two Bolivia', BOLIVIA);
const NG_ONE = provider('S1NG', 'Simulated One Nigeria', NIGERIA);
const NG_POWER = provider('PWNG', 'Simulated Power Nigeria', NIGERIA);
/** Several providers of a country may have numbers that look alike. */
export const DING_PROVIDERS: readonly DingProviderPlayed[] = [FR_ONE, JM_ONE, BO_ONE, BO_TWO, NG_ONE, NG_POWER];

/** Something that is sold: for a fixed value, or any between two. In dollars. */
export interface DingSku {
  code: string;
  provider: DingProviderPlayed;
  text: string;
  least: number;
  most: number;
  /** What the vendor takes on top of the value. */
  fee: number;
  sells: 'airtime' | 'data' | 'pin' | 'power';
}

const sku = (
  of: DingProviderPlayed,
  name: string,
  [least, most]: readonly [number, number],
  more: Partial<DingSku> = {},
): DingSku => ({
  code: `${of.code}_${name}`,
  provider: of,
  text: least === most ? `${least} ${DING_CURRENCY}` : 'Top-up',
  least,
  most,
  fee: 0,
  sells: 'airtime',
  ...more,
});

export const DING_SKUS: readonly DingSku[] = [
  sku(FR_ONE, '5', [5, 5]),
  sku(FR_ONE, '10', [10, 10]),
  sku(FR_ONE, 'ANY', [1, 50]),
  sku(FR_ONE, 'DATA', [12, 12], { sells: 'data', text: '10 GB', fee: 0.5 }),
  sku(FR_ONE, 'PIN', [10, 10], { sells: 'pin', text: 'PIN 10 USD' }),
  sku(JM_ONE, 'ANY', [2, 60]),
  sku(BO_ONE, 'ANY', [1, 30]),
  sku(BO_TWO, '8', [8, 8]),
  sku(NG_ONE, '3', [3.17, 3.17]),
  sku(NG_POWER, 'METER', [5, 100], { sells: 'power', text: 'Electricity' }),
];

/** The account of what is sold without a line. */
export const DING_PIN_ACCOUNT = '0000000000';
export const accountPattern = ({ country: { callingCode, digits } }: DingProviderPlayed): string =>
  `^${callingCode}([0-9]{${digits}})$`;

/** The number for which a transfer always succeeds; with another last digit, it fails as the vendor's table has it. */
export const uatNumberOf = ({ sells, provider: { country: of } }: DingSku): string =>
  sells === 'pin' ? DING_PIN_ACCOUNT : of.callingCode + '0'.repeat(of.digits);

const CENTS = 100;
const rounded = (amount: number): number => Math.round(amount * CENTS) / CENTS;

/** Gives the price of a value, as it is written wherever there is one. */
export function priceWire({ provider: { country: of }, fee }: DingSku, value: number): object {
  const receives = rounded(value * of.rate);
  return {
    CustomerFee: 0,
    DistributorFee: fee,
    ReceiveValue: receives,
    ReceiveCurrencyIso: of.currency,
    ReceiveValueExcludingTax: receives,
    TaxRate: 0,
    TaxName: '',
    TaxCalculation: '',
    SendValue: value,
    SendCurrencyIso: DING_CURRENCY,
  };
}
