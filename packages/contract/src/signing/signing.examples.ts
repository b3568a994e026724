import { EXAMPLE_SINCE } from '../example-values.ts';

const EXAMPLE_KEY = {
  kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
  kty: 'OKP',
  crv: 'Ed25519',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  use: 'sig',
  alg: 'EdDSA',
};

/** Examples of answers, by the title of their schema. The key is that of RFC 8037, A.1. */
export const SIGNING_EXAMPLES = {
  DocumentKeySet: { keys: [EXAMPLE_KEY] },
  DocumentKeyEntry: { kid: EXAMPLE_KEY.kid, creation_date: EXAMPLE_SINCE },
};
