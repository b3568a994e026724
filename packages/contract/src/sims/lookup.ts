import Type, { type Static } from 'typebox';
import { DateTime, Uuid } from '../formats.ts';

/** The number whose network is asked for. */
export const LookupQuery = Type.Object({
  msisdn: Type.String({
    minLength: 1,
    maxLength: 64,
    description: 'With its calling code, or as it is written in the country of one of your offers',
    examples: ['+33684587587'],
  }),
});

/** Whose network a number is in, and what of it can be recharged. */
export const NumberLookup = Type.Object(
  {
    msisdn: Type.String({ description: 'E.164' }),
    country: Type.String({ description: 'ISO 3166-1 alpha-2' }),
    kind: Type.Enum(['mobile'], { description: 'Only mobile numbers are recharged' }),
    networks: Type.Array(
      Type.Object({
        name: Type.String(),
        identified: Type.Boolean({ description: 'True: it is certain that it is this one' }),
      }),
      { description: 'Empty: not known' },
    ),
    networks_date: Type.Optional({ ...DateTime, description: 'When a supplier was asked; a day is remembered' }),
    not_known: Type.Optional(
      Type.Enum(['not_supported', 'limit_reached', 'supplier_silent'], {
        description:
          'Why no network is told: no supplier tells it, as many numbers were asked for as a distributor may ask for in a day, or it did not answer',
      }),
    ),
    offers: Type.Array(
      Type.Object({
        id: Uuid,
        name: Type.String(),
        network: Type.Optional(Type.String({ description: 'The network that it recharges' })),
        is_certain: Type.Boolean({ description: 'True: the number is certain to be in that network' }),
        bucket: Type.Integer({ description: 'Units in stock; 0: sold out' }),
      }),
      {
        description:
          'Those that fit and can be sold: those in stock first, and of these the certain ones. None whose network is certain to ' +
          'be another one, or to whose supplier nobody speaks',
      },
    ),
  },
  { title: 'NumberLookup' },
);
export type NumberLookup = Static<typeof NumberLookup>;
