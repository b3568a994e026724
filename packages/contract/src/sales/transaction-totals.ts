import Type, { type Static } from 'typebox';
import { World } from '../distributors/distributors.ts';
import { Amount } from '../formats.ts';

/** What sales that stand alike add up to, in one currency. */
const OutcomeTotals = Type.Object({
  world: { ...World, description: 'Play money is never added to real sales' },
  status: Type.Enum(['pending', 'ok', 'ko', 'expired'], { description: 'How they stand' }),
  currency: Type.String({ description: 'ISO 4217' }),
  transactions: Type.Integer(),
  resell_value: { ...Amount, description: 'What the operator charges the distributor for them, each at its own price' },
  public_price: { ...Amount, description: 'What end customers pay for them' },
  margin: { ...Amount, description: 'What the distributor keeps of public_price' },
});

/** What transactions add up to. Of those that came to nothing, the amounts say what they would have been. */
export const TransactionTotals = Type.Object(
  {
    totals: Type.Array(OutcomeTotals, { description: 'One for each world, status and currency that there is' }),
    complete: Type.Boolean({
      description:
        'False where a user, a line, its last digits, a voucher, or a supplier of routed offers is asked for, and a ' +
        'distributor has more than 100000 such: its newest 100000 are added up then',
    }),
  },
  { title: 'TransactionTotals' },
);
export type TransactionTotals = Static<typeof TransactionTotals>;
