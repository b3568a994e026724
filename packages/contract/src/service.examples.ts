import { DISTRIBUTOR_SCOPE } from './service.ts';

/** Examples of answers, by the title of their schema. */
export const SERVICE_EXAMPLES = {
  TokenAnswer: {
    token_type: 'Bearer',
    access_token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhaXJwb3J0LXNob3AifQ.c2lnbmF0dXJl',
    expires_in: 3600,
    scope: DISTRIBUTOR_SCOPE,
  },
  Status: { isAlive: true, version: '0.2.0' },
};
