import Type, { type Static } from 'typebox';
import { DateTime, PlainText, Uuid } from '../formats.ts';

/** Live sells for real; sandbox only through the simulator. Nothing of one is ever seen in the other. */
export const World = Type.Enum(['live', 'sandbox']);
export type World = Static<typeof World>;

export const Distributor = Type.Object(
  {
    id: Uuid,
    name: Type.String(),
    world: World,
    status: Type.Enum(['active', 'suspended'], {
      description: '`suspended`: gets no tokens, and those it has do not count',
    }),
    sandbox_of: Type.Optional({ ...Uuid, description: 'The live distributor whose sandbox this is' }),
    creation_date: DateTime,
  },
  { title: 'Distributor' },
);
export type Distributor = Static<typeof Distributor>;

export const DistributorCreation = Type.Object(
  {
    id: Type.Optional(Uuid),
    name: PlainText,
    world: Type.Optional(World),
    sandbox_of: Type.Optional({
      ...Uuid,
      description: 'A live distributor: this one becomes its sandbox, which its accounts may use',
    }),
  },
  { title: 'DistributorCreation', additionalProperties: false },
);
export type DistributorCreation = Static<typeof DistributorCreation>;

export const DistributorChange = Type.Object(
  { name: Type.Optional(PlainText), status: Type.Optional(Type.Enum(['active', 'suspended'])) },
  { title: 'DistributorChange', additionalProperties: false, minProperties: 1 },
);
export type DistributorChange = Static<typeof DistributorChange>;
