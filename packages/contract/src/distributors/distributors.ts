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

/** A client of a distributor. Its secret is shown once, when it is made. */
export const Credential = Type.Object(
  {
    client_id: Type.String(),
    distributor_id: Uuid,
    name: Type.String({ description: 'Who or what uses it' }),
    requests_per_minute: Type.Integer(),
    creation_date: DateTime,
    rotation_date: Type.Optional({ ...DateTime, description: 'When its secret was last replaced' }),
    old_secret_expiration_date: Type.Optional({ ...DateTime, description: 'Until when the secret before still works' }),
    revocation_date: Type.Optional(DateTime),
  },
  { title: 'Credential' },
);
export type Credential = Static<typeof Credential>;

/** What a client may do unless it is told. */
export const DEFAULT_REQUESTS_PER_MINUTE = 6_000;
/** How long the secret before works on after a rotation, unless it is told: a day. */
export const DEFAULT_OVERLAP_S = 86_400;

const requestsPerMinute = Type.Integer({
  minimum: 1,
  maximum: 10_000_000,
  description: 'How many requests this client may make in a minute; further ones are answered 429',
});

export const CredentialCreation = Type.Object(
  {
    name: PlainText,
    requests_per_minute: Type.Optional({ ...requestsPerMinute, default: DEFAULT_REQUESTS_PER_MINUTE }),
  },
  { title: 'CredentialCreation', additionalProperties: false },
);
export type CredentialCreation = Static<typeof CredentialCreation>;

export const CredentialChange = Type.Object(
  { name: Type.Optional(PlainText), requests_per_minute: Type.Optional(requestsPerMinute) },
  { title: 'CredentialChange', additionalProperties: false, minProperties: 1 },
);
export type CredentialChange = Static<typeof CredentialChange>;

export const NewCredential = Type.Object(
  { ...Credential.properties, client_secret: Type.String({ description: 'Shown this once' }) },
  { title: 'NewCredential' },
);
export type NewCredential = Static<typeof NewCredential>;

export const CredentialRotation = Type.Object(
  {
    overlap_s: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 2_592_000,
        default: DEFAULT_OVERLAP_S,
        description: 'How long the old secret still works',
      }),
    ),
  },
  { title: 'CredentialRotation', additionalProperties: false },
);
export type CredentialRotation = Static<typeof CredentialRotation>;

/** A client as its own distributor sees it: of itself, or of its sandbox. */
export const OwnCredential = Type.Object({ ...Credential.properties, world: World }, { title: 'OwnCredential' });
export type OwnCredential = Static<typeof OwnCredential>;

export const NewOwnCredential = Type.Object(
  { ...NewCredential.properties, world: World },
  { title: 'NewOwnCredential' },
);
export type NewOwnCredential = Static<typeof NewOwnCredential>;

export const OwnCredentialCreation = Type.Object(
  { name: PlainText, world: Type.Optional({ ...World, description: 'Your own unless told' }) },
  { title: 'OwnCredentialCreation', additionalProperties: false },
);
