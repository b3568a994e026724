import { type Refusal, refuse } from '@opentopup/contract';
import Type from 'typebox';
import type { Connector } from '../../connectors/connector.ts';
import { amountOf, type KeptDenomination, wireDenomination } from '../../values/money.ts';
import { faultIn } from '../../values/schema-fault.ts';
import { settingsRefusal } from '../suppliers/suppliers.ts';
import type { ProductDetail } from './products.query.ts';

/** What the settings of a product are whose connector says nothing of them. */
const NO_SETTINGS = Type.Object({}, { additionalProperties: false });

/** What of a product its connector looks at. */
type Delivered = Pick<ProductDetail, 'currency' | 'bonus_value_minor' | 'settings'> & KeptDenomination;

/** Says why a product's settings cannot be; null where they can. A sale with them would only be refused. */
export function settingsFault(connector: Connector | undefined, product: Delivered): Refusal | null {
  if (!connector) return null;
  const { settings } = product;
  const fault = faultIn(connector.productSettings ?? NO_SETTINGS, settings);
  if (fault) return settingsRefusal(fault);
  const meant = connector.denominationOf?.(settings);
  if (!meant) return null;
  const { amount, currency } = wireDenomination(product).denomination ?? {
    amount: amountOf(product.bonus_value_minor, product.currency),
    currency: product.currency,
  };
  if (meant.amount === amount && meant.currency === currency) return null;
  const detail = `they bring ${meant.amount} ${meant.currency}, and the product says ${amount} ${currency}`;
  return refuse('invalid_body_field', { field: 'settings', detail });
}
