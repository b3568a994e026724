import { EXAMPLE_EMAIL, EXAMPLE_IDS, EXAMPLE_LINK_TOKEN, EXAMPLE_SINCE, EXAMPLE_SOLD } from '../example-values.ts';

const account = {
  id: EXAMPLE_IDS.account,
  email: EXAMPLE_EMAIL,
  role: 'seller',
  distributor_id: EXAMPLE_IDS.distributor,
  status: 'active',
  has_password: true,
  second_factor: true,
  single_sign_on: false,
  creation_date: EXAMPLE_SINCE,
  last_sign_in_date: EXAMPLE_SOLD,
};

/** Examples of answers, by the title of their schema. */
export const ACCOUNT_EXAMPLES = {
  Account: account,
  SignedIn: {
    ...account,
    distributor: { id: EXAMPLE_IDS.distributor, name: 'Airport shop', world: 'live' },
    permissions: ['getDistributorOfferList', 'createTransaction'],
    session_id: EXAMPLE_IDS.session,
    session_expiration_date: '2026-11-24T22:12:56Z',
  },
  AccountSession: {
    id: EXAMPLE_IDS.session,
    creation_date: EXAMPLE_SOLD,
    last_seen_date: EXAMPLE_SOLD,
    expiration_date: '2026-11-24T11:12:56Z',
    address: '192.0.2.7',
    agent: 'Mozilla/5.0',
    current: true,
  },
  EndedSessions: { ended: 1 },
  Factor: {
    secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    uri: 'otpauth://totp/OpenTopup:ada%40airport-shop.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=OpenTopup',
  },
  RecoveryCodes: { recovery_codes: ['mzxw-6ytb-oi4d-cmrt', 'nbsw-y3dp-ehpk-3pxp'] },
  Accepted: { status: 'accepted' },
  Link: { purpose: 'invitation', email: EXAMPLE_EMAIL, role: 'seller', distributor_name: 'Airport shop' },
  AccountLink: {
    account: { ...account, status: 'invited', has_password: false, second_factor: false },
    link: `https://topup.example/password#${EXAMPLE_LINK_TOKEN}`,
    link_expiration_date: '2026-12-01T10:12:56Z',
  },
};
