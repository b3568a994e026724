import { EXAMPLE_IDS, EXAMPLE_SINCE, EXAMPLE_SOLD } from '../example-values.ts';

/** Examples of answers, by the title of their schema. */
export const PASSKEY_EXAMPLES = {
  Passkey: {
    id: EXAMPLE_IDS.passkey,
    name: 'Till 4',
    synced: false,
    creation_date: EXAMPLE_SINCE,
    last_use_date: EXAMPLE_SOLD,
  },
  PasskeyOptions: {
    options: {
      challenge: 'Zm9yLXRoZS1kb2N1bWVudGF0aW9uLW9ubHktMDAwMDE',
      rpId: 'topup.example',
      userVerification: 'required',
    },
  },
};
