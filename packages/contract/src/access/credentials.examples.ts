import { EXAMPLE_IDS, EXAMPLE_SINCE } from '../example-values.ts';

const credential = {
  client_id: EXAMPLE_IDS.client,
  distributor_id: EXAMPLE_IDS.distributor,
  name: 'Till 4',
  requests_per_minute: 600,
  creation_date: EXAMPLE_SINCE,
};

/** Examples of answers, by the title of their schema. */
export const CREDENTIAL_EXAMPLES = {
  Credential: credential,
  OwnCredential: { ...credential, world: 'live' },
  NewOwnCredential: { ...credential, world: 'live', client_secret: 'shown-this-once' },
  NewCredential: { ...credential, client_secret: 'shown-this-once' },
};
