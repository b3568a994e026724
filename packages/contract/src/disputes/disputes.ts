import Type, { type Static } from 'typebox';
import { DateTime, Uuid } from '../formats.ts';

/** How long a link to the story of a sale is to be open. */
export const DisputeLinkCreation = Type.Object(
  {
    days: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 90, description: 'For how many days it is open; 14 unless told' }),
    ),
  },
  { title: 'DisputeLinkCreation', additionalProperties: false },
);
export type DisputeLinkCreation = Static<typeof DisputeLinkCreation>;

const link = {
  id: Uuid,
  transaction_id: Uuid,
  creation_date: DateTime,
  created_by: Type.String({ description: 'As in the audit trail' }),
  expiration_date: DateTime,
  revocation_date: Type.Optional({ ...DateTime, description: 'When it was closed by hand' }),
};

/** A link to the story of a sale. Its address is told once, when it is made. */
export const DisputeLink = Type.Object(link, { title: 'DisputeLink' });
export type DisputeLink = Static<typeof DisputeLink>;

/** The same when it is made. */
export const NewDisputeLink = Type.Object(
  {
    ...link,
    url: Type.String({
      description: 'Whoever has it sees the story of the sale; with `/file` behind it the signed file',
    }),
  },
  { title: 'NewDisputeLink' },
);
export type NewDisputeLink = Static<typeof NewDisputeLink>;
