import { DISTRIBUTOR_SCOPE } from './service.ts';

/** What examples are about: one thing of each kind. The suppliers are those of the published API, and of the demo. */
export const EXAMPLE_IDS = {
  distributor: '01935a2c-0000-7000-8000-000000000001',
  client: 'airport-shop-4f1c22',
  supplier: '92d376d4-0c18-4da8-9e6e-4dd173bc554e',
  product: '01935a2c-0000-7000-8000-000000000002',
  offer: '01935a2c-0000-7000-8000-000000000003',
  transaction: '01935a2c-0000-7000-8000-000000000004',
  /** A transaction without proof of its outcome. */
  pending: '01935a2c-0000-7000-8000-000000000008',
  /** The transaction that sold an eSIM. */
  esim: '01935a2c-0000-7000-8000-000000000005',
  audit: '01935a2c-0000-7000-8000-000000000006',
  event: '01935a2c-0000-7000-8000-000000000009',
  webhook: '01935a2c-0000-7000-8000-00000000000a',
  alert: '01935a2c-0000-7000-8000-000000000041',
  request: '01935a2c-0000-7000-8000-000000000007',
  exchange: '01935a2c-0000-7000-8000-00000000000d',
  account: '01935a2c-0000-7000-8000-00000000000b',
  session: '01935a2c-0000-7000-8000-00000000000c',
} as const;

export const EXAMPLE_SIM_SERIAL = '8991101200003204514';

/** What stands for somebody's address, password, one-time link and code. */
export const EXAMPLE_EMAIL = 'ada@airport-shop.example';
export const EXAMPLE_PASSWORD = 'three brown horses';
export const EXAMPLE_LINK_TOKEN = 'Zm9yLXRoZS1kb2N1bWVudGF0aW9uLW9ubHktMDAwMDE';
export const EXAMPLE_CODE = '492039';

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

const SOLD = '2026-11-24T10:12:56Z';
const SINCE = '2026-11-02T08:00:00Z';

const france = { iso_code: 'FR', name: 'France', phone_prefix: 33, flag: '🇫🇷' };
const bucket = { granted: 500, available: 312, held: 1, sold: 187 };
const settings = {
  line_units_per_day: 10,
  user_units_per_hour: null,
  repeat_guard_minutes: 5,
  implicit_key_seconds: null,
};

const standing = {
  offer_id: EXAMPLE_IDS.offer,
  offer_name: 'Mobile France 10 EUR',
  available: 48,
  held: 1,
  level: 'low',
  since: SOLD,
  threshold: 50,
};

const figures = {
  orders: 214,
  ok: 209,
  ko: 4,
  expired: 0,
  pending: 1,
  refused: 3,
  value: [{ amount: 1655.28, currency: 'EUR' }],
};
const compared = { ...figures, compared: figures, previous: { ...figures, orders: 198, ok: 193 } };
const overview = {
  from: '2026-10-01T00:00:00Z',
  to: '2026-11-01T00:00:00Z',
  step: 'day',
  compared: { from: '2026-10-01T00:00:00Z', to: '2026-11-01T00:00:00Z' },
  previous: { from: '2026-08-31T00:00:00Z', to: '2026-10-01T00:00:00Z' },
  totals: compared,
  points: [{ date: '2026-10-01T00:00:00Z', ...figures }],
  offers: [
    {
      offer_id: EXAMPLE_IDS.offer,
      offer_name: 'Mobile France 10 EUR',
      distributor_id: EXAMPLE_IDS.distributor,
      distributor_name: 'Airport shop',
      supplier_id: EXAMPLE_IDS.supplier,
      supplier_name: 'Orange France',
      ...compared,
    },
  ],
  suppliers: [
    {
      supplier_id: EXAMPLE_IDS.supplier,
      supplier_name: 'Orange France',
      ...compared,
      answers: 213,
      unanswered: 1,
      median_ms: 380,
      p95_ms: 1_240,
    },
  ],
  reasons: [{ reason: 'line_barred', ended: 4, refused: 0, previous: 2 }],
  stock_outs: [
    {
      offer_id: EXAMPLE_IDS.offer,
      offer_name: 'Mobile France 10 EUR',
      distributor_id: EXAMPLE_IDS.distributor,
      distributor_name: 'Airport shop',
      times: [{ from: '2026-10-12T09:20:00Z', to: '2026-10-12T13:50:00Z' }],
      seconds: 16_200,
      refused: 3,
      missed_units: 4.6,
      missed_value: { amount: 36.43, currency: 'EUR' },
    },
  ],
};

const transaction = {
  id: EXAMPLE_IDS.transaction,
  status: 'ok',
  product_type: 'airtime topup',
  billing_mode: 'prepaid',
  creation_date: SOLD,
  change_date: SOLD,
  offer_id: EXAMPLE_IDS.offer,
  offer_name: 'Mobile France 10 EUR',
  product_name: 'Mobile France 10 EUR',
  supplier_name: 'Orange France',
  resell_value: 7.92,
  distributor_fees: 2.08,
  distributor_fees_type: 'value',
  public_price: 10,
  margin: 2.08,
  bonus_value: 10,
  reference_currency: 'EUR',
  local_currency: 'EUR',
  user_id: 'till 7',
  parameters: { msisdn: '+33684587587' },
  customer_message: 'The recharge has been made.',
};

const credential = {
  client_id: EXAMPLE_IDS.client,
  distributor_id: EXAMPLE_IDS.distributor,
  name: 'Till 4',
  requests_per_minute: 600,
  creation_date: SINCE,
};

const account = {
  id: EXAMPLE_IDS.account,
  email: EXAMPLE_EMAIL,
  role: 'seller',
  distributor_id: EXAMPLE_IDS.distributor,
  status: 'active',
  second_factor: true,
  creation_date: SINCE,
  last_sign_in_date: SOLD,
};

const event = {
  id: EXAMPLE_IDS.event,
  type: 'transaction.completed',
  version: 1,
  created: SOLD,
  data: transaction,
};

const webhook = {
  id: EXAMPLE_IDS.webhook,
  url: 'https://shop.example/opentopup',
  events: ['transaction.resolved', 'stock.low'],
  status: 'active',
  creation_date: SINCE,
};

/** One example of what is answered, by the title of its schema. */
export const EXAMPLES: Readonly<Record<string, unknown>> = {
  TokenAnswer: {
    token_type: 'Bearer',
    access_token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhaXJwb3J0LXNob3AifQ.c2lnbmF0dXJl',
    expires_in: 3600,
    scope: DISTRIBUTOR_SCOPE,
  },
  Status: { isAlive: true, version: '0.1.0' },

  Country: france,
  Currency: {
    iso_code: 'USD',
    name: 'US Dollar',
    euro_exchange_rate: 1.08,
    us_dollar_exchange_rate: 1,
    last_change: SINCE,
  },
  OfferLight: {
    id: EXAMPLE_IDS.offer,
    name: 'Mobile France 10 EUR',
    product: {
      id: EXAMPLE_IDS.product,
      name: 'Mobile France 10 EUR',
      type: 'topup',
      supplier_id: EXAMPLE_IDS.supplier,
      coverage_zone: [france],
      tags: ['prepaid'],
      reference_currency: 'EUR',
      bonus_value: 10,
      metadata: { validity_duration: 30, validity_unit: 'days' },
      line_kind: 'msisdn',
      line_country: 'FR',
    },
    distributor_id: EXAMPLE_IDS.distributor,
    bucket: 312,
    last_bucket_update: SOLD,
    bucket_update_date: SOLD,
    creation_date: SINCE,
    update_date: SINCE,
    status: 'available',
    resell_value: 7.92,
    distributor_fees: 2.08,
    distributor_fees_type: 'value',
    distribution_fees: 2.08,
    distribution_fees_type: 'value',
    public_price: 10,
    margin: 2.08,
    tags: ['airport'],
  },
  DistributorTransaction: transaction,
  Count: { count: 42 },
  SupplierLight: { id: EXAMPLE_IDS.supplier, name: 'Welcome Travelers', status: 'approved', connector_status: 'up' },
  SimStatus: {
    status: 'available',
    creation_date: SINCE,
    activation_date: SINCE,
    last_topup_date: SOLD,
    expiration_date: '2026-12-24T10:12:56Z',
    number_expiration_date: '2027-05-24T10:12:56Z',
  },
  UsageBalance: {
    first_activation_date: SINCE,
    number_expiration_date: '2027-05-24T10:12:56Z',
    buckets: [
      { name: 'Data', expiration_date: '2026-12-24T10:12:56Z', data_remaining: 7.5, data_unit: 'Go' },
      { name: 'Calls', airtime_remaining: 5400, airtime_unit: 'seconds' },
    ],
  },
  DistributorBalance: {
    start_date: '2026-10-01T00:00:00Z',
    end_date: '2026-10-31T23:59:59Z',
    zones: [{ name: 'Italy', code: 'IT', data_unit: 'Go', data_amount: 128.4 }],
  },
  DistributorKey: { key_type: 'rsa256', public_key_value: EXAMPLE_PUBLIC_KEY },

  PriceVersion: {
    version: 2,
    since: SINCE,
    name: 'Mobile France 10 EUR',
    resell_value: 7.92,
    distributor_fees: 2.08,
    distributor_fees_type: 'value',
    public_price: 10,
    margin: 2.08,
    currency: 'EUR',
  },
  OfferStock: {
    offer_id: EXAMPLE_IDS.offer,
    available: 312,
    held: 1,
    level: 'ok',
    threshold: 50,
    pace_per_day: 24.6,
    forecast: {
      confidence: 'good',
      days_of_cover: { low: 11.2, median: 12.5, high: 14.1 },
      empty_at: { low: '2026-12-05T15:00:00Z', median: '2026-12-06T22:13:00Z', high: '2026-12-08T12:37:00Z' },
    },
    history: { step: 'day', points: [{ date: '2026-11-23T00:00:00Z', sold: 22, granted: 0, available: 325 }] },
  },
  Overview: overview,
  StockStanding: standing,
  Alert: {
    id: EXAMPLE_IDS.alert,
    offer_id: EXAMPLE_IDS.offer,
    units: 50,
    emails: ['stock@shop.example'],
    creation_date: SINCE,
    update_date: SINCE,
    crossed: [standing],
  },
  CustomerMessage: {
    outcome: 'ok',
    language: 'fr',
    default: 'La recharge a été effectuée.',
    text: 'Merci ! {amount} pour le {msisdn_masked}.',
    update_date: SOLD,
  },
  DistributorSettings: settings,
  IdentificationCase: {
    transaction_id: EXAMPLE_IDS.esim,
    offer_name: 'eSIM Europe 12 Go',
    user_id: 'till 7',
    sale_date: SOLD,
    level: 1,
    url: 'https://kyc.example/identify',
    deadline: '2026-12-24T10:12:56Z',
    status: 'pending',
    reminders: 1,
    last_reminder_date: SOLD,
  },

  Event: event,
  Webhook: webhook,
  NewWebhook: { ...webhook, secret: 'whsec_c2hvd24tdGhpcy1vbmNlLWFuZC1uZXZlci1hZ2Fpbg==' },
  Delivery: {
    webhook_id: EXAMPLE_IDS.webhook,
    event_id: EXAMPLE_IDS.event,
    type: 'transaction.completed',
    status: 'pending',
    attempts: 1,
    next_attempt_date: '2026-11-24T10:13:01Z',
    last_attempt_date: SOLD,
    duration_ms: 84,
    response_status: 502,
    response_text: 'Bad Gateway',
    error: 'answered 502',
  },

  SimulatorNumber: {
    ending: '002',
    order: { description: 'The line is barred', status: 'ko', reason: 'line_barred' },
  },

  Distributor: {
    id: EXAMPLE_IDS.distributor,
    name: 'Airport shop',
    world: 'live',
    status: 'active',
    creation_date: SINCE,
  },
  Credential: credential,
  OwnCredential: { ...credential, world: 'live' },
  NewOwnCredential: { ...credential, world: 'live', client_secret: 'shown-this-once' },
  NewCredential: { ...credential, client_secret: 'shown-this-once' },
  Supplier: {
    id: EXAMPLE_IDS.supplier,
    name: 'Welcome Travelers',
    status: 'approved',
    country: 'FR',
    connector: 'simulator',
    settings: { latency_ms: 200 },
    secrets: [],
    deadline_ms: null,
    max_concurrent: 2_000,
    on_catalogue_change: 'stop_at_loss',
    sim_check_digit: 'refuse',
    creation_date: SINCE,
  },
  Product: {
    id: EXAMPLE_IDS.product,
    supplier_id: EXAMPLE_IDS.supplier,
    name: 'Welcome Travelers 10 EUR',
    type: 'topup',
    transaction_type: 'bundle topup',
    line_kind: 'simId',
    status: 'available',
    coverage_zone: ['FR'],
    tags: ['prepaid'],
    currency: 'EUR',
    bonus_value: 10,
    metadata: {},
    creation_date: SINCE,
  },
  Offer: {
    id: EXAMPLE_IDS.offer,
    distributor_id: EXAMPLE_IDS.distributor,
    product_id: EXAMPLE_IDS.product,
    name: 'Welcome Travelers 10 EUR',
    version: 1,
    status: 'available',
    resell_value: 7.92,
    cost: 7.5,
    distributor_fees: 0,
    distributor_fees_type: 'value',
    currency: 'EUR',
    tags: [],
    creation_date: SINCE,
    update_date: SINCE,
    bucket,
  },
  ImportReport: { dry_run: false, encoding: 'utf-8', rows: 2, created: 1, changed: 0, unchanged: 1, errors: [] },
  Booking: {
    offer_id: EXAMPLE_IDS.offer,
    distributor_id: EXAMPLE_IDS.distributor,
    units: 50,
    reference: 'PO-4711',
    justification: 'Monthly order',
    creation_date: SINCE,
    bucket,
  },
  SupplierImportReport: {
    products: { dry_run: false, rows: 16, created: 3, changed: 1, unchanged: 12, errors: [] },
    offers: { dry_run: false, rows: 16, created: 3, changed: 0, unchanged: 13, errors: [] },
  },
  CatalogueEntry: {
    supplier_reference: '01935a2c-0000-7000-8000-0000000000aa',
    name: 'Mobile France 10 EUR',
    currency: 'EUR',
    cost: 7.5,
    product_id: EXAMPLE_IDS.product,
    change_date: SINCE,
  },
  CatalogueReading: {
    date: SOLD,
    listed: 16,
    missing: 0,
    changes: [
      {
        type: 'supplier.price_changed',
        supplier_id: EXAMPLE_IDS.supplier,
        supplier_reference: '01935a2c-0000-7000-8000-0000000000aa',
        name: 'Mobile France 10 EUR',
        currency: 'EUR',
        cost: 9.5,
        cost_before: 7.5,
        product_id: EXAMPLE_IDS.product,
        offers: 1,
        offers_stopped: 1,
        offers_resumed: 0,
      },
    ],
  },
  StockAt: { offer_id: EXAMPLE_IDS.offer, distributor_id: EXAMPLE_IDS.distributor, date: SOLD, bucket },
  LedgerReport: {
    verified: true,
    date: SOLD,
    buckets: 1,
    movements: 376,
    transactions: 188,
    sums: bucket,
    faults: [],
  },
  Movement: { seq: 189, kind: 'sell', units: 1, date: SOLD, transaction_id: EXAMPLE_IDS.transaction },
  AdminTransaction: {
    ...transaction,
    distributor_id: EXAMPLE_IDS.distributor,
    distributor_name: 'Airport shop',
    supplier_id: EXAMPLE_IDS.supplier,
    supplier_reference: 'sim-4711',
  },
  SupplierExchange: {
    id: EXAMPLE_IDS.exchange,
    kind: 'recharge',
    date: SOLD,
    duration_ms: 212,
    method: 'POST',
    url: 'https://supplier.example/recharges',
    status: 200,
    request_body: '{"reference":"01935a2c-0000-7000-8000-000000000004","line":"0684587587","product":"FR-10"}',
    response_body: '{"id":"R-4711","state":"done"}',
  },
  DistributorEvent: { distributor_id: EXAMPLE_IDS.distributor, event },
  AuditEntry: {
    id: EXAMPLE_IDS.audit,
    date: SINCE,
    actor: 'operator',
    action: 'offer.changed',
    subject: EXAMPLE_IDS.offer,
    distributor_id: EXAMPLE_IDS.distributor,
    details: { resell_value: 7.5 },
  },

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
    creation_date: SOLD,
    last_seen_date: SOLD,
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
    account: { ...account, status: 'invited', second_factor: false },
    link: `https://topup.example/password#${EXAMPLE_LINK_TOKEN}`,
    link_expiration_date: '2026-12-01T10:12:56Z',
  },
};
