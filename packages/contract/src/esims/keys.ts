import Type, { type Static } from 'typebox';

/** `?encoding=base64`: the key's text travels as base64. What sets it is read in either way. */
export const KeyQuery = Type.Object({
  encoding: Type.Optional(
    Type.Enum(['base64'], { description: 'How public_key_value is written in the answer; plain PEM without' }),
  ),
});

/** Travel B2B 1.7 `DistributorKey`: under it the activation codes of eSIMs are encrypted. */
export const DistributorKey = Type.Object(
  {
    key_type: Type.Literal('rsa256'),
    public_key_value: Type.String({
      description:
        'An RSA public key of 2048 to 8192 bits, SPKI or PKCS #1: PEM, on one line too, or base64 of PEM or DER',
    }),
  },
  { title: 'DistributorKey' },
);
export type DistributorKey = Static<typeof DistributorKey>;

/** A new key. The guide calls the field `public_key`, the published file `public_key_value`: one is needed. */
export const DistributorKeyCreation = Type.Object(
  {
    key_type: Type.Literal('rsa256'),
    public_key_value: Type.Optional(Type.String({ maxLength: 16_384 })),
    public_key: Type.Optional(Type.String({ maxLength: 16_384 })),
  },
  { title: 'DistributorKeyCreation' },
);
export type DistributorKeyCreation = Static<typeof DistributorKeyCreation>;
