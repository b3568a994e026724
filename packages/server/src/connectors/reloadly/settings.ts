import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import type { Cost, ProductAccess, SupplierAccess } from '../connector.ts';

const Url = (description: string, byDefault: string) =>
  Type.Optional(Type.String({ pattern: '^https?://[^\\s]+$', maxLength: 2_000, default: byDefault, description }));

const BASE_URL = 'https://topups.reloadly.com';
const AUTH_URL = 'https://auth.reloadly.com';

/** What an operator tells of an account at Reloadly. */
export const RELOADLY_SETTINGS = Type.Object(
  {
    base_url: Url('Where its airtime API answers; its sandbox is `https://topups-sandbox.reloadly.com`', BASE_URL),
    auth_url: Url('Where its tokens are made', AUTH_URL),
    client_id: Type.String({ minLength: 1, maxLength: 255 }),
  },
  { additionalProperties: false },
);

/** What a product sold through Reloadly has to say. */
export const RELOADLY_PRODUCT = Type.Object(
  {
    operator_id: Type.Integer({ minimum: 1, description: "Reloadly's id of the operator" }),
    country: Type.String({ pattern: '^[A-Z]{2}$', description: 'The country of the operator, ISO 3166-1 alpha-2' }),
    amount: Type.Number({ exclusiveMinimum: 0, description: 'What is ordered, in the main unit of `currency`' }),
    currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217' }),
    is_local: Type.Boolean({
      description:
        'Whether `currency` is what the line gets; otherwise it is that of the account, and the line gets what the rate makes of it',
    }),
  },
  { additionalProperties: false },
);
type ReloadlyProduct = Static<typeof RELOADLY_PRODUCT>;

/** Where an account is asked, and as whom. */
export interface ReloadlyAccount {
  base_url: string;
  auth_url: string;
  client_id: string;
  client_secret: string;
}

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

export function reloadlyAccount({ settings, secrets }: SupplierAccess): ReloadlyAccount {
  const { base_url = BASE_URL, auth_url = AUTH_URL, client_id } = settings as Static<typeof RELOADLY_SETTINGS>;
  const client_secret = secrets['client_secret'] ?? '';
  return { base_url: withoutSlash(base_url), auth_url: withoutSlash(auth_url), client_id, client_secret };
}

/** Gives what is ordered for a product; null where its settings do not say. */
export const reloadlyOrdered = ({ settings }: ProductAccess): ReloadlyProduct | null =>
  Value.Check(RELOADLY_PRODUCT, settings) ? settings : null;

/** Tells what a line gets. */
export function denominationOf(settings: Readonly<Record<string, unknown>>): Cost | null {
  if (!Value.Check(RELOADLY_PRODUCT, settings) || !settings.is_local) return null;
  return { amount: settings.amount, currency: settings.currency };
}
