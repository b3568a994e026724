/** The ids that examples use, one of each kind. The suppliers are those of the published API, and of the demo. */
export const EXAMPLE_IDS = {
  distributor: '01935a2c-0000-7000-8000-000000000001',
  client: 'airport-shop-4f1c22',
  sandboxClient: 'airport-shop-sandbox-9b03aa',
  agent: 'concierge-7d20b1',
  supplier: '92d376d4-0c18-4da8-9e6e-4dd173bc554e',
  product: '01935a2c-0000-7000-8000-000000000002',
  offer: '01935a2c-0000-7000-8000-000000000003',
  transaction: '01935a2c-0000-7000-8000-000000000004',
  /** A transaction without proof of its outcome. */
  pending: '01935a2c-0000-7000-8000-000000000008',
  /** A transaction that is to be reversed. */
  mistake: '01935a2c-0000-7000-8000-000000000010',
  /** The transaction that sold an eSIM. */
  esim: '01935a2c-0000-7000-8000-000000000005',
  audit: '01935a2c-0000-7000-8000-000000000006',
  event: '01935a2c-0000-7000-8000-000000000009',
  webhook: '01935a2c-0000-7000-8000-00000000000a',
  alert: '01935a2c-0000-7000-8000-000000000041',
  request: '01935a2c-0000-7000-8000-000000000007',
  route: '01935a2c-0000-7000-8000-00000000000e',
  exchange: '01935a2c-0000-7000-8000-00000000000d',
  reversal: '01935a2c-0000-7000-8000-00000000000f',
  dispute: '01935a2c-0000-7000-8000-000000000051',
  refill: '01935a2c-0000-7000-8000-000000000050',
  withdrawal: '01935a2c-0000-7000-8000-000000000053',
  preview: '01935a2c-0000-7000-8000-000000000070',
  parked: '01935a2c-0000-7000-8000-000000000054',
  statement: '01935a2c-0000-7000-8000-000000000011',
  reconciliation: '01935a2c-0000-7000-8000-000000000060',
  difference: '01935a2c-0000-7000-8000-000000000061',
  account: '01935a2c-0000-7000-8000-00000000000b',
  session: '01935a2c-0000-7000-8000-00000000000c',
  passkey: '01935a2c-0000-7000-8000-000000000080',
  chaosEffect: '01935a2c-0000-7000-8000-000000000090',
} as const;

export const EXAMPLE_SIM_SERIAL = '8991101200003204514';

/** What stands for somebody's address, password, one-time link and code. */
export const EXAMPLE_EMAIL = 'ada@airport-shop.example';
export const EXAMPLE_PASSWORD = 'three brown horses';
export const EXAMPLE_LINK_TOKEN = 'Zm9yLXRoZS1kb2N1bWVudGF0aW9uLW9ubHktMDAwMDE';
export const EXAMPLE_CODE = '492039';

/** The code with which the people of a business sign in at its provider. */
export const EXAMPLE_SIGN_ON_CODE = 'k7mp2xqdw3';

/** A public key whose private key nobody has. */
export const EXAMPLE_PUBLIC_KEY = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAw8dwK9QpXuhA2E+b6peB
om74Mihw237VvSgX+hNpEV8pWFYyeCeaPqOykQzARCMex7q5mi3TOMmPM3+i0+b9
2nb3cIuSQewvPq2/LQjIcbHCRm/rUNy/9o7IOVS0Mr0DoYKL2DrGJqd2yFhShQE4
P5iWrd5axnj+wiXuo75ahT47UsOcp3HmfYj2ILb/NoOSgRiHeBQSgZz0x1XmxCkD
oOwxFQtx7JskNvN7Ep5CW4npnfquJGLi+BTFwzrGX6gIFkKXAgHD74Znswg4a4+J
dw5Q93XGnwxIKZjVeCoYKlDPZbOHD7xaaZs13a1XC7GJur+u5tirnjkKY0IYRpUP
twIDAQAB
-----END PUBLIC KEY-----
`;

/** When the transaction of the examples was made, and since when there is what it needed. */
export const EXAMPLE_SOLD = '2026-11-24T10:12:56Z';
export const EXAMPLE_SINCE = '2026-11-02T08:00:00Z';

/** The code of a receipt. */
export const EXAMPLE_RECEIPT = 'K7QF2M9XABCD3FGH';
