import Type, { type Static } from 'typebox';
import { World } from '../distributors/distributors.ts';
import { Amount, DateTime, PlainText, Uuid } from '../formats.ts';
import { Page } from '../service.ts';

const units = (description: string) => Type.Integer({ minimum: 0, maximum: 1_000_000, description });
const amount = Type.Number({ minimum: 0, maximum: 1_000_000_000 });

/** What an agent may sell, and how much of it. The server holds it to them when it confirms. */
const CAP_SCHEMAS = {
  offers: Type.Array(Uuid, {
    maxItems: 100,
    uniqueItems: true,
    description: 'The offers that it may sell; with none, it only reads',
  }),
  units_per_hour: units('Most units that it may sell in an hour'),
  units_per_day: units('Most units that it may sell in 24 hours'),
  line_units_per_day: units('Most units that it may sell for one line in 24 hours'),
  amount_per_day: { ...amount, description: 'Most that its sales of 24 hours may cost together' },
  currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217; offers in another one it may not sell' }),
  released_up_to: Type.Union([amount, Type.Null()], {
    description: 'Sales up to this price need nobody to release them; null: a person releases each',
  }),
};
export const AgentCaps = Type.Object(CAP_SCHEMAS);
export type AgentCaps = Static<typeof AgentCaps>;

/** A program that sells by itself, such as an assistant, within caps. */
export const Agent = Type.Object(
  {
    client_id: Type.String(),
    name: Type.String(),
    world: World,
    ...CAP_SCHEMAS,
    used: Type.Object(
      { units_last_hour: Type.Integer(), units_last_day: Type.Integer(), amount_last_day: Amount },
      { description: 'What counts towards its caps now' },
    ),
    creation_date: DateTime,
    revocation_date: Type.Optional(DateTime),
  },
  { title: 'Agent' },
);
export type Agent = Static<typeof Agent>;

export const NewAgent = Type.Object(
  { ...Agent.properties, client_secret: Type.String({ description: 'Shown this once' }) },
  { title: 'NewAgent' },
);
export type NewAgent = Static<typeof NewAgent>;

export const AgentCreation = Type.Object(
  {
    name: PlainText,
    world: Type.Optional({ ...World, default: 'sandbox', description: 'The sandbox unless told' }),
    ...CAP_SCHEMAS,
  },
  { title: 'AgentCreation', additionalProperties: false },
);
export type AgentCreation = Static<typeof AgentCreation>;

export const AgentChange = Type.Partial(AgentCaps, {
  title: 'AgentChange',
  additionalProperties: false,
  minProperties: 1,
});
export type AgentChange = Static<typeof AgentChange>;

/** The state of a preview: `confirmed` was sold or is being sold, `refused` was not. */
export const PreviewStatus = Type.Enum(['waiting', 'released', 'declined', 'expired', 'confirmed', 'refused']);
export type PreviewStatus = Static<typeof PreviewStatus>;

const LineParameters = Type.Object(
  {
    msisdn: Type.Optional(Type.String({ description: 'The number to recharge, national or international' })),
    simId: Type.Optional(Type.String({ description: 'The serial of the SIM' })),
  },
  { additionalProperties: false, description: 'Which line to recharge' },
);

const news = {
  id: Uuid,
  client_id: Type.String({ description: 'The agent' }),
  agent_name: Type.String(),
  status: PreviewStatus,
  offer_id: Uuid,
  offer_name: Type.String(),
  price: Amount,
  currency: Type.String(),
  units_after: Type.Integer({ description: 'Units in stock once it is sold, as it stood' }),
  creation_date: DateTime,
  expiration_date: { ...DateTime, description: 'Until when it may be confirmed' },
  decided_by: Type.Optional(Type.String({ description: 'Who released or declined it; `policy` for the caps' })),
  transaction_id: Type.Optional(Uuid),
  reason: Type.Optional(Type.String({ description: 'Why it was not sold' })),
};

/** What is told of what an agent wants to sell. */
export const SalePreviewNews = Type.Object(news, { title: 'SalePreviewNews' });
export type SalePreviewNews = Static<typeof SalePreviewNews>;

/** What an agent wants to sell, before it is sold. */
export const SalePreview = Type.Object({ ...news, parameters: LineParameters }, { title: 'SalePreview' });
export type SalePreview = Static<typeof SalePreview>;

export const NewSalePreview = Type.Object(
  {
    ...SalePreview.properties,
    token: Type.String({ description: 'Confirms this sale, once; shown this once' }),
  },
  { title: 'NewSalePreview' },
);
export type NewSalePreview = Static<typeof NewSalePreview>;

export const SalePreviewCreation = Type.Object(
  { offer_id: Uuid, parameters: LineParameters },
  { title: 'SalePreviewCreation', additionalProperties: false },
);
export type SalePreviewCreation = Static<typeof SalePreviewCreation>;

export const SalePreviewDecision = Type.Object(
  { decision: Type.Enum(['release', 'decline']) },
  { title: 'SalePreviewDecision', additionalProperties: false },
);
export type SalePreviewDecision = Static<typeof SalePreviewDecision>;

export const SaleConfirmation = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: 255 }) },
  { title: 'SaleConfirmation', additionalProperties: false },
);

export const SalePreviewQuery = Type.Object({ ...Page.properties, status: Type.Optional(PreviewStatus) });
