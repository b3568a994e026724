import Type, { type Static } from 'typebox';
import { DateTime } from '../formats.ts';
import { ONE_LINE } from '../plain-text.ts';
import { Role } from './roles.ts';

const SignOnCode = Type.String({
  pattern: '^[a-z0-9]{10}$',
  description: 'The code of a business, with which its people begin to sign in',
});
const Word = Type.String({ minLength: 1, maxLength: 200, pattern: ONE_LINE });

/** Which role somebody gets by what the provider says of them. */
const SignOnRole = Type.Object(
  { value: { ...Word, description: 'What the claim is, or has in its list' }, role: Role },
  { title: 'SignOnRole', additionalProperties: false },
);

const FIELDS = {
  issuer: Type.String({
    maxLength: 500,
    pattern: '^https?://[^\\s?#]+$',
    description: 'The address of the provider; its OpenID Connect discovery document lies below it',
  }),
  client_id: { ...Word, description: 'As the provider has registered this server' },
  role_claim: { ...Word, description: 'The claim that says what somebody may do: a text, or a list of texts' },
  roles: Type.Array(SignOnRole, {
    minItems: 1,
    maxItems: 50,
    description: 'What is in the claim, and the role for it; the first that fits counts',
  }),
};

/** Sets the provider at which the people of a business sign in. */
export const SignOnChange = Type.Object(
  {
    ...FIELDS,
    client_secret: Type.Optional({
      ...Type.String({ minLength: 1, maxLength: 1_000, pattern: '^[!-~]+$' }),
      description: 'Absent: as before, where neither issuer nor client changes',
    }),
    scope: Type.Optional({ ...Word, description: 'What the provider is asked for; `openid email` unless given' }),
    only: Type.Optional(
      Type.Boolean({
        description: 'True: passwords and passkeys do not sign in. An administrator has to have done it so',
      }),
    ),
  },
  { title: 'SignOnChange', additionalProperties: false },
);
export type SignOnChange = Static<typeof SignOnChange>;

/** The provider at which the people of a business sign in; without its secret. */
export const SignOn = Type.Object(
  {
    code: SignOnCode,
    ...FIELDS,
    scope: Type.String(),
    only: Type.Boolean({ description: 'True: passwords and passkeys do not sign in' }),
    sign_in_url: Type.String({ description: 'Where its people begin to sign in' }),
    redirect_uri: Type.String({ description: 'To be registered at the provider' }),
    post_logout_redirect_uri: Type.String({ description: 'To be registered there too' }),
    change_date: DateTime,
  },
  { title: 'SignOn' },
);
export type SignOn = Static<typeof SignOn>;

export const SignOnRemoval = Type.Object({ status: Type.Literal('removed') }, { title: 'SignOnRemoval' });

export const SignOnBeginning = Type.Object(
  { code: SignOnCode },
  { title: 'SignOnBeginning', additionalProperties: false },
);
/** Where somebody has to go to sign in. */
export const SignOnRedirect = Type.Object(
  { url: Type.String({ description: 'Of the provider, which sends the browser back' }) },
  { title: 'SignOnRedirect' },
);
export const SignOnCompletion = Type.Object(
  {
    response: Type.String({
      minLength: 1,
      maxLength: 8_000,
      pattern: '^[!-~]+$',
      description: 'What follows the ? in the address to which the provider has sent the browser',
    }),
  },
  { title: 'SignOnCompletion', additionalProperties: false },
);
