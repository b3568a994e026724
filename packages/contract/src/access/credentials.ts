import Type, { type Static } from 'typebox';
import { World } from '../distributors/distributors.ts';
import { DateTime, PlainText, Uuid } from '../formats.ts';

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

/** The limit of a client for which none is set. */
export const DEFAULT_REQUESTS_PER_MINUTE = 6_000;
/** The time for which the old secret still works after a rotation, unless another is given: a day. */
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
