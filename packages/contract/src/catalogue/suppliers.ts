import Type, { type Static } from 'typebox';
import { DateTime, Uuid } from '../formats.ts';

/** Travel B2B 1.7 `SupplierLight`. */
export const SupplierLight = Type.Object(
  {
    id: Uuid,
    name: Type.String(),
    status: Type.Enum(['approved', 'revoked', 'pending']),
    connector_status: Type.Enum(['up', 'down', 'none'], {
      description: '`down`: it does not answer. `none`: no connector, nothing can be sold',
    }),
    last_outage_date: Type.Optional(DateTime),
  },
  { title: 'SupplierLight' },
);
export type SupplierLight = Static<typeof SupplierLight>;
