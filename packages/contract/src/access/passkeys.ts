import Type, { type Static } from 'typebox';
import { DateTime, Uuid } from '../formats.ts';
import { ONE_LINE } from '../plain-text.ts';

/** What goes between the server and the browser's Web Authentication, in the JSON that its standard lays down. */
const WebAuthnJson = Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true });

const PasskeyName = Type.String({
  minLength: 1,
  maxLength: 80,
  pattern: ONE_LINE,
  description: 'By which its owner knows it',
});

/** A passkey of an account (Web Authentication). */
export const Passkey = Type.Object(
  {
    id: Uuid,
    name: PasskeyName,
    synced: Type.Boolean({ description: 'True where it may be on several devices of its owner' }),
    creation_date: DateTime,
    last_use_date: Type.Optional(DateTime),
  },
  { title: 'Passkey' },
);
export type Passkey = Static<typeof Passkey>;

/** What the browser is given. */
export const PasskeyOptions = Type.Object(
  {
    options: {
      ...WebAuthnJson,
      description: 'For `navigator.credentials`; its challenge counts once, for five minutes',
    },
  },
  { title: 'PasskeyOptions' },
);

export const PasskeyBeginning = Type.Object(
  {
    password: Type.Optional(
      Type.String({ minLength: 1, maxLength: 256, description: 'The present one, where the account has one' }),
    ),
  },
  { title: 'PasskeyBeginning', additionalProperties: false },
);

export const PasskeyCreation = Type.Object(
  { name: PasskeyName, response: { ...WebAuthnJson, description: 'What the browser has answered' } },
  { title: 'PasskeyCreation', additionalProperties: false },
);
export type PasskeyCreation = Static<typeof PasskeyCreation>;

export const PasskeySignIn = Type.Object(
  { response: { ...WebAuthnJson, description: 'What the browser has answered' } },
  { title: 'PasskeySignIn', additionalProperties: false },
);
