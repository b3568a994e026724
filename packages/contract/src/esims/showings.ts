import Type, { type Static } from 'typebox';

/** Who can read what installs the eSIMs of a distributor. */
export const EsimHolder = Type.Object(
  {
    holder: Type.Enum(['distributor', 'server'], {
      description:
        '`distributor`: only whoever has your private key. `server`: this server too, which shows it to your administrators and sellers, each time in the audit trail',
    }),
  },
  { title: 'EsimHolder', additionalProperties: false },
);
export type EsimHolder = Static<typeof EsimHolder>;

/** What installs an eSIM, in clear. */
export const EsimShowing = Type.Object(
  {
    lpa: Type.String({ description: 'What its QR code says, and what is typed where none can be scanned: `LPA:1$…`' }),
  },
  { title: 'EsimShowing' },
);
export type EsimShowing = Static<typeof EsimShowing>;

/** How long after its sale an eSIM is shown to sellers too, in hours; to administrators as long as it is kept. */
export const SHOWN_TO_SELLERS_HOURS = 24;
