import Type, { type Static } from 'typebox';
import { DateTime, Uuid } from '../formats.ts';

const Available = Type.Number({ description: 'What can be spent there now, in the main unit; below 0 for a debt' });
const Currency = Type.String({ description: 'ISO 4217' });

export const BalanceThreshold = Type.Number({
  minimum: 0,
  maximum: 1_000_000_000_000,
  description: 'Below it, the operator is told: in the currency of its balance, in the main unit',
});

/** The money that lies at a supplier, as it was read last. */
export const SupplierFunds = Type.Object(
  {
    available: Type.Optional(Available),
    held: Type.Optional(Type.Number({ description: 'Set aside for recharges under way, where it tells' })),
    credit_limit: Type.Optional(
      Type.Number({
        description: 'What it lends, where it tells; whether that is in `available` as well, it does not',
      }),
    ),
    currency: Type.Optional(Currency),
    read_date: Type.Optional({ ...DateTime, description: 'When it was read last' }),
    low_date: Type.Optional({ ...DateTime, description: 'Since when it is below `balance_threshold`' }),
    failure_date: Type.Optional({ ...DateTime, description: 'Since when it cannot be read' }),
    cause: Type.Optional(Type.String({ description: 'Why it cannot be read' })),
  },
  { title: 'SupplierFunds' },
);
export type SupplierFunds = Static<typeof SupplierFunds>;

/** The money at a supplier has fallen below the operator's threshold, or is above it again. */
export const FundsChange = Type.Object(
  {
    supplier_id: Uuid,
    available: Available,
    currency: Currency,
    balance_threshold: Type.Optional({ ...BalanceThreshold, description: 'Absent where there is none any more' }),
  },
  { title: 'FundsChange' },
);
export type FundsChange = Static<typeof FundsChange>;
