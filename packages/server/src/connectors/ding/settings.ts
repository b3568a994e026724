import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import type { ProductAccess, SupplierAccess } from '../connector.ts';

const BASE_URL = 'https://api.dingconnect.com/api/V1';

/** What an operator tells of an account at Ding. */
export const DING_SETTINGS = Type.Object(
  {
    base_url: Type.Optional(
      Type.String({
        pattern: '^https?://[^\\s]+$',
        maxLength: 2_000,
        default: BASE_URL,
        description: 'Where its API answers',
      }),
    ),
  },
  { additionalProperties: false },
);

/** What a product sold through Ding has to say. */
export const DING_PRODUCT = Type.Object(
  {
    sku_code: Type.String({ minLength: 1, maxLength: 100, description: 'SkuCode' }),
    amount: Type.Number({
      exclusiveMinimum: 0,
      description: 'SendValue: what is ordered, in the main unit of `currency`',
    }),
    currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'SendCurrencyIso: that of the account. ISO 4217' }),
    has_line: Type.Optional(
      Type.Boolean({ default: true, description: 'False for a PIN, which is sold without the number of a line' }),
    ),
    settings: Type.Optional(
      Type.Record(Type.String(), Type.String(), { description: 'What else this SKU asks for: its SettingDefinitions' }),
    ),
  },
  { additionalProperties: false },
);
export type DingProduct = Static<typeof DING_PRODUCT>;

/** Where an account is asked, and with which key. */
export interface DingAccount {
  base_url: string;
  api_key: string;
}

export function dingAccount({ settings, secrets }: SupplierAccess): DingAccount {
  const { base_url = BASE_URL } = settings as Static<typeof DING_SETTINGS>;
  return { base_url: base_url.replace(/\/+$/, ''), api_key: secrets['api_key'] ?? '' };
}

/** Gives what is ordered for a product; null where its settings do not say. */
export const dingOrdered = ({ settings }: ProductAccess): DingProduct | null =>
  Value.Check(DING_PRODUCT, settings) ? settings : null;

/** The account of what is sold without a line. */
export const DING_NO_LINE = '0000000000';
