import { EXAMPLE_SIGN_ON_CODE, EXAMPLE_SINCE } from '../example-values.ts';

/** Examples of answers, by the title of their schema. */
export const SIGN_ON_EXAMPLES = {
  SignOn: {
    code: EXAMPLE_SIGN_ON_CODE,
    issuer: 'https://login.airport-shop.example',
    client_id: 'opentopup',
    role_claim: 'groups',
    roles: [
      { value: 'topup-admins', role: 'distributor_admin' },
      { value: 'tills', role: 'seller' },
    ],
    scope: 'openid email',
    only: false,
    sign_in_url: `https://topup.example/sign-on/${EXAMPLE_SIGN_ON_CODE}`,
    redirect_uri: 'https://topup.example/sign-on',
    post_logout_redirect_uri: 'https://topup.example/',
    change_date: EXAMPLE_SINCE,
  },
  SignOnRedirect: { url: 'https://login.airport-shop.example/auth?client_id=opentopup&response_type=code' },
  SignOnRemoval: { status: 'removed' },
};
