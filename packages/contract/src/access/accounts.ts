import Type, { type Static } from 'typebox';
import { SHORTEST_PASSWORD } from '../console.ts';
import { World } from '../distributors/distributors.ts';
import { DateTime, Uuid } from '../formats.ts';
import { DISTRIBUTOR_ROLES, Role } from './roles.ts';

const Email = Type.String({
  maxLength: 254,
  pattern: '^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+$',
  description: 'Capital letters count as small ones',
});
const NewPassword = Type.String({
  minLength: SHORTEST_PASSWORD,
  maxLength: 256,
  description: 'At least 12 characters of any kind; not one that everybody tries first, nor the address',
});
const Password = Type.String({ minLength: 1, maxLength: 256 });
const Code = Type.String({
  minLength: 6,
  maxLength: 24,
  description: 'The six digits that the second factor shows now, or a recovery code, which counts once',
});
const Token = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', description: 'What follows # in the one-time link' });

/** Somebody who may sign in. */
export const Account = Type.Object(
  {
    id: Uuid,
    email: Type.String(),
    role: Role,
    distributor_id: Type.Optional({ ...Uuid, description: 'Absent for people of the operator' }),
    status: Type.Enum(['invited', 'active'], { description: '`invited`: cannot sign in yet' }),
    has_password: Type.Boolean({
      description: 'False where it signs in at the provider of its business, or was only invited',
    }),
    second_factor: Type.Boolean({ description: 'True where signing in takes a code too' }),
    single_sign_on: Type.Boolean({ description: 'True where it is linked with the provider of its business' }),
    creation_date: DateTime,
    last_sign_in_date: Type.Optional(DateTime),
  },
  { title: 'Account' },
);
export type Account = Static<typeof Account>;

export const SignIn = Type.Object(
  { email: Email, password: Password, code: Type.Optional(Code) },
  { title: 'SignIn', additionalProperties: false },
);
export type SignIn = Static<typeof SignIn>;

/** The account that is signed in, and its rights. */
export const SignedIn = Type.Object(
  {
    ...Account.properties,
    distributor: Type.Optional(
      Type.Object({
        id: Uuid,
        name: Type.String(),
        world: World,
        sandbox_id: Type.Optional({ ...Uuid, description: 'Its sandbox, which its sessions may call too' }),
        sales_closed: Type.Optional(
          Type.Boolean({
            description: 'True: nothing is sold live, until the operator has restored what it knows of sales',
          }),
        ),
      }),
    ),
    sign_on_code: Type.Optional(
      Type.String({ description: 'The code of its business at whose provider people sign in' }),
    ),
    role_before: Type.Optional({
      ...Role,
      description:
        'At a sign-in by a provider that gives another role than before: that one. Its other sessions have ended',
    }),
    permissions: Type.Array(Type.String(), { description: 'The operations that the role may call, by their names' }),
    session_id: Uuid,
    session_expiration_date: { ...DateTime, description: 'When the session ends at the latest' },
  },
  { title: 'SignedIn' },
);
export type SignedIn = Static<typeof SignedIn>;

export const PasswordChange = Type.Object(
  { password: { ...Password, description: 'The present one' }, new_password: NewPassword },
  { title: 'PasswordChange', additionalProperties: false },
);

/** One place where an account is signed in. */
export const AccountSession = Type.Object(
  {
    id: Uuid,
    creation_date: DateTime,
    last_seen_date: DateTime,
    expiration_date: { ...DateTime, description: 'When it ends if nothing more is heard of it' },
    address: Type.String({ description: 'Where it was begun' }),
    agent: Type.String({ description: 'What the browser calls itself' }),
    current: Type.Boolean({ description: 'True for the one that asks' }),
  },
  { title: 'AccountSession' },
);
export type AccountSession = Static<typeof AccountSession>;

export const EndedSessions = Type.Object(
  {
    ended: Type.Integer(),
    sign_out_url: Type.Optional(
      Type.String({ description: 'Where the browser has to go to sign out at the provider too, where it began there' }),
    ),
  },
  { title: 'EndedSessions' },
);

export const FactorEnrolment = Type.Object(
  { password: Password },
  { title: 'FactorEnrolment', additionalProperties: false },
);
/** The secret for an authenticator app (RFC 6238). It counts once a code from it was confirmed. */
export const Factor = Type.Object(
  {
    secret: Type.String({ description: 'Base32, to be typed' }),
    uri: Type.String({ description: '`otpauth:`, to be shown as a QR code' }),
  },
  { title: 'Factor' },
);
export const FactorConfirmation = Type.Object(
  { code: Code },
  { title: 'FactorConfirmation', additionalProperties: false },
);
export const RecoveryCodes = Type.Object(
  { recovery_codes: Type.Array(Type.String(), { description: 'Shown this once; each stands for one code' }) },
  { title: 'RecoveryCodes' },
);
export const FactorRemoval = Type.Object(
  { password: Password, code: Code },
  { title: 'FactorRemoval', additionalProperties: false },
);

export const ResetRequest = Type.Object({ email: Email }, { title: 'ResetRequest', additionalProperties: false });
export const Accepted = Type.Object({ status: Type.Literal('accepted') }, { title: 'Accepted' });

export const LinkQuestion = Type.Object({ token: Token }, { title: 'LinkQuestion', additionalProperties: false });
/** The purpose of a one-time link. */
export const Link = Type.Object(
  {
    purpose: Type.Enum(['first_account', 'invitation', 'reset']),
    email: Type.Optional(Type.String({ description: 'Absent for the first account: whoever makes it says it' })),
    role: Role,
    distributor_name: Type.Optional(Type.String()),
    expiration_date: Type.Optional(DateTime),
  },
  { title: 'Link' },
);
export type Link = Static<typeof Link>;
export const LinkUse = Type.Object(
  {
    token: Token,
    password: NewPassword,
    email: Type.Optional({ ...Email, description: 'For the first account only' }),
  },
  { title: 'LinkUse', additionalProperties: false },
);
export type LinkUse = Static<typeof LinkUse>;

/** An account, and how its owner gets to a password. */
export const AccountLink = Type.Object(
  {
    account: Account,
    link: Type.Optional(Type.String({ description: 'To be passed on; absent where it was sent by e-mail' })),
    link_expiration_date: DateTime,
  },
  { title: 'AccountLink' },
);
export type AccountLink = Static<typeof AccountLink>;

const DistributorRole = Type.Enum([...DISTRIBUTOR_ROLES]);

export const StaffInvitation = Type.Object(
  { email: Email, role: DistributorRole },
  { title: 'StaffInvitation', additionalProperties: false },
);
export const StaffChange = Type.Object(
  { role: DistributorRole },
  { title: 'StaffChange', additionalProperties: false },
);

export const AccountInvitation = Type.Object(
  {
    email: Email,
    role: Role,
    distributor_id: Type.Optional({ ...Uuid, description: 'For the roles of distributors only' }),
  },
  { title: 'AccountInvitation', additionalProperties: false },
);
export type AccountInvitation = Static<typeof AccountInvitation>;
export const AccountChange = Type.Object({ role: Role }, { title: 'AccountChange', additionalProperties: false });
export type AccountChange = Static<typeof AccountChange>;
