import type {
  ACCOUNT_OPERATIONS,
  DISTRIBUTOR_OPERATIONS,
  OPERATOR_OPERATIONS,
  Operation,
  OperationInput,
  OperationOutput,
  Page,
  WIRE_OPERATIONS,
} from '@opentopup/contract';

export type WireOperations = typeof WIRE_OPERATIONS;
export type ExtensionOperations = typeof DISTRIBUTOR_OPERATIONS;
export type OperatorOperations = typeof OPERATOR_OPERATIONS;
export type AccountOperations = typeof ACCOUNT_OPERATIONS;

type Route<O extends Operation> = `${O['method']} ${O['path']}`;
export type Routes<All extends Record<string, Operation>> = { readonly [Name in keyof All]: Route<All[Name]> };

// The contract's operations carry schemas, and with them a library that has no place in this bundle. So method and path
// stand here again; the types hold them to the contract letter by letter, and none can be missing.

/** Travel B2B 1.7. */
export const WIRE_ROUTES: Routes<WireOperations> = {
  isAlive: 'GET /live',
  getCountryList: 'GET /countries',
  getCurrencyList: 'GET /currencies',
  getDistributorOfferList: 'GET /distributors/offers',
  getDistributorOffer: 'GET /distributors/offers/{id}',
  changeDistributorOfferEditableParameters: 'PATCH /distributors/offers/{id}',
  createTransaction: 'POST /distributors/transactions',
  getDistributorTransactionList: 'GET /distributors/transactions',
  getDistributorTransactionCount: 'GET /distributors/transactions/count',
  getDistributorTransactionDetail: 'GET /distributors/transactions/{id}',
  getAvailableSupplierList: 'GET /distributors/suppliers',
  getSimStatus: 'GET /distributors/suppliers/{id}/simstatus',
  getUsageBalance: 'GET /distributors/suppliers/{id}/usagebalances',
  getGlobalBalance: 'GET /distributors/suppliers/{id}/globalbalances',
  getDistributorKey: 'GET /distributors/keys',
  setDistributorKey: 'POST /distributors/keys',
};

/** What OpenTopup adds for distributors. */
export const EXTENSION_ROUTES: Routes<ExtensionOperations> = {
  listOfferPrices: 'GET /v1/offers/{id}/prices',
  getOfferStock: 'GET /v1/offers/{id}/stock',
  listStock: 'GET /v1/stock',
  getOverview: 'GET /v1/overview',
  listAlerts: 'GET /v1/alerts',
  createAlert: 'POST /v1/alerts',
  getAlert: 'GET /v1/alerts/{id}',
  changeAlert: 'PATCH /v1/alerts/{id}',
  deleteAlert: 'DELETE /v1/alerts/{id}',
  listCustomerMessages: 'GET /v1/customer-messages',
  setCustomerMessage: 'PUT /v1/customer-messages/{outcome}/{language}',
  removeCustomerMessage: 'DELETE /v1/customer-messages/{outcome}/{language}',
  getSettings: 'GET /v1/settings',
  changeSettings: 'PATCH /v1/settings',
  listIdentifications: 'GET /v1/identifications',
  remindOfIdentification: 'POST /v1/identifications/{transaction_id}/reminders',
  listSimulatorNumbers: 'GET /v1/simulator/numbers',
  listStaff: 'GET /v1/staff',
  inviteStaff: 'POST /v1/staff',
  changeStaff: 'PATCH /v1/staff/{id}',
  removeStaff: 'DELETE /v1/staff/{id}',
  createStaffLink: 'POST /v1/staff/{id}/links',
  listOwnCredentials: 'GET /v1/credentials',
  createOwnCredential: 'POST /v1/credentials',
  rotateOwnCredential: 'POST /v1/credentials/{client_id}/rotations',
  revokeOwnCredential: 'DELETE /v1/credentials/{client_id}',
  listEvents: 'GET /v1/events',
  streamEvents: 'GET /v1/events/stream',
  createWebhook: 'POST /v1/webhooks',
  listWebhooks: 'GET /v1/webhooks',
  getWebhook: 'GET /v1/webhooks/{id}',
  changeWebhook: 'PATCH /v1/webhooks/{id}',
  rotateWebhook: 'POST /v1/webhooks/{id}/rotations',
  testWebhook: 'POST /v1/webhooks/{id}/tests',
  listDeliveries: 'GET /v1/webhooks/{id}/deliveries',
  getDelivery: 'GET /v1/webhooks/{id}/deliveries/{event_id}',
  resendDelivery: 'POST /v1/webhooks/{id}/deliveries/{event_id}/resends',
  deleteWebhook: 'DELETE /v1/webhooks/{id}',
};

/** What OpenTopup's operator does. */
export const OPERATOR_ROUTES: Routes<OperatorOperations> = {
  listDistributors: 'GET /admin/v1/distributors',
  createDistributor: 'POST /admin/v1/distributors',
  getDistributor: 'GET /admin/v1/distributors/{id}',
  changeDistributor: 'PATCH /admin/v1/distributors/{id}',
  getDistributorSettings: 'GET /admin/v1/distributors/{id}/settings',
  changeDistributorSettings: 'PATCH /admin/v1/distributors/{id}/settings',
  listCredentials: 'GET /admin/v1/distributors/{id}/credentials',
  createCredential: 'POST /admin/v1/distributors/{id}/credentials',
  changeCredential: 'PATCH /admin/v1/credentials/{client_id}',
  rotateCredential: 'POST /admin/v1/credentials/{client_id}/rotations',
  revokeCredential: 'DELETE /admin/v1/credentials/{client_id}',
  listSuppliers: 'GET /admin/v1/suppliers',
  createSupplier: 'POST /admin/v1/suppliers',
  getSupplier: 'GET /admin/v1/suppliers/{id}',
  changeSupplier: 'PATCH /admin/v1/suppliers/{id}',
  importSupplierProducts: 'POST /admin/v1/suppliers/{id}/imports',
  listSupplierCatalogue: 'GET /admin/v1/suppliers/{id}/catalogue',
  readSupplierCatalogue: 'POST /admin/v1/suppliers/{id}/readings',
  listProducts: 'GET /admin/v1/products',
  createProduct: 'POST /admin/v1/products',
  getProduct: 'GET /admin/v1/products/{id}',
  changeProduct: 'PATCH /admin/v1/products/{id}',
  listOffers: 'GET /admin/v1/offers',
  createOffer: 'POST /admin/v1/offers',
  getOffer: 'GET /admin/v1/offers/{id}',
  changeOffer: 'PATCH /admin/v1/offers/{id}',
  importCsv: 'POST /admin/v1/imports/{kind}',
  createGrant: 'POST /admin/v1/offers/{id}/grants',
  createAdjustment: 'POST /admin/v1/offers/{id}/adjustments',
  listMovements: 'GET /admin/v1/offers/{id}/movements',
  getStockAt: 'GET /admin/v1/offers/{id}/stock',
  getStockForecast: 'GET /admin/v1/offers/{id}/forecast',
  verifyLedger: 'GET /admin/v1/ledger/verification',
  getOverviewOfAll: 'GET /admin/v1/overview',
  listTransactions: 'GET /admin/v1/transactions',
  countTransactions: 'GET /admin/v1/transactions/count',
  getTransaction: 'GET /admin/v1/transactions/{id}',
  listExchanges: 'GET /admin/v1/transactions/{id}/exchanges',
  resolveTransaction: 'POST /admin/v1/transactions/{id}/resolutions',
  confirmIdentification: 'POST /admin/v1/identifications/{transaction_id}/confirmations',
  listAllEvents: 'GET /admin/v1/events',
  streamAllEvents: 'GET /admin/v1/events/stream',
  listAuditEntries: 'GET /admin/v1/audit',
  listAccounts: 'GET /admin/v1/accounts',
  inviteAccount: 'POST /admin/v1/accounts',
  changeAccount: 'PATCH /admin/v1/accounts/{id}',
  removeAccount: 'DELETE /admin/v1/accounts/{id}',
  createAccountLink: 'POST /admin/v1/accounts/{id}/links',
};

/** What people do with their own account on an OpenTopup. */
export const ACCOUNT_ROUTES: Routes<AccountOperations> = {
  signIn: 'POST /accounts/v1/session',
  requestReset: 'POST /accounts/v1/resets',
  readLink: 'POST /accounts/v1/links',
  useLink: 'POST /accounts/v1/passwords',
  getSession: 'GET /accounts/v1/session',
  signOut: 'DELETE /accounts/v1/session',
  changePassword: 'POST /accounts/v1/password',
  enrolFactor: 'POST /accounts/v1/factor',
  confirmFactor: 'POST /accounts/v1/factor/confirmations',
  removeFactor: 'POST /accounts/v1/factor/removals',
  listSessions: 'GET /accounts/v1/sessions',
  revokeSession: 'DELETE /accounts/v1/sessions/{id}',
  revokeOtherSessions: 'DELETE /accounts/v1/sessions',
};

/** A query as it is asked: where the list begins and how long a page is may be left out. */
type Asked<Q> = [Q] extends [undefined] ? undefined : Omit<Q, keyof Page> & Partial<Pick<Q, keyof Q & keyof Page>>;

/** A part of a request: absent where the operation has none, optional where nothing in it is needed. */
type Part<Name extends string, T> = [T] extends [undefined]
  ? unknown
  : Partial<T> extends T
    ? { [N in Name]?: T }
    : { [N in Name]: T };

/** What an operation takes. */
export type Input<O extends Operation> = Part<'params', OperationInput<O>['params']> &
  Part<'query', Asked<OperationInput<O>['query']>> &
  Part<'body', OperationInput<O>['body']>;

/** What an operation answers. */
export type Output<O extends Operation> = OperationOutput<O>;

/** The operations that answer a list, page by page. */
export type ListName<All extends Record<string, Operation>> = {
  [Name in keyof All]: 'offset' extends keyof OperationInput<All[Name]>['query'] ? Name : never;
}[keyof All];

/** One entry of such a list. */
export type Entry<O extends Operation> = Output<O> extends readonly (infer T)[] ? T : never;
