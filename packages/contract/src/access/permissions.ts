import type { DISTRIBUTOR_OPERATIONS, OPERATOR_OPERATIONS, WIRE_OPERATIONS } from '../operations.ts';
import type { ACCOUNT_OPERATIONS } from './accounts.operations.ts';
import type { Role } from './roles.ts';

type All = typeof WIRE_OPERATIONS &
  typeof DISTRIBUTOR_OPERATIONS &
  typeof OPERATOR_OPERATIONS &
  typeof ACCOUNT_OPERATIONS;

/** The operations that ask who calls. */
export type GuardedOperation = {
  [Name in keyof All]: All[Name]['access'] extends 'distributor' | 'operator' | 'account' ? Name : never;
}[keyof All];

type Roles = readonly Role[];

/** Whoever belongs to a distributor reads; a seller sells too; the rest is for its administrator. */
const READ: Roles = ['distributor_admin', 'seller', 'viewer'];
const SELL: Roles = ['distributor_admin', 'seller'];
const MANAGE: Roles = ['distributor_admin'];
/** The operator's support reads everything, and decides about sales that are stuck. */
const SUPPORT: Roles = ['operator_admin', 'operator_support'];
const OPERATE: Roles = ['operator_admin'];
const ANYBODY: Roles = [...READ, ...SUPPORT];

/**
 * Which roles may call each operation. The clients of a distributor, with their tokens, count as its administrators, the
 * admin token as the operator's. A new operation does not compile before it has its line here.
 */
export const PERMISSIONS: Readonly<Record<GuardedOperation, Roles>> = {
  getCountryList: READ,
  getCurrencyList: READ,
  getDistributorOfferList: READ,
  getDistributorOffer: READ,
  changeDistributorOfferEditableParameters: MANAGE,
  createTransaction: SELL,
  getDistributorTransactionList: READ,
  getDistributorTransactionCount: READ,
  getDistributorTransactionDetail: READ,
  getAvailableSupplierList: READ,
  getSimStatus: READ,
  getUsageBalance: READ,
  getGlobalBalance: READ,
  getDistributorKey: READ,
  setDistributorKey: MANAGE,

  listOfferPrices: READ,
  getOfferStock: READ,
  listStock: READ,
  getOverview: READ,
  listAlerts: READ,
  createAlert: MANAGE,
  getAlert: READ,
  changeAlert: MANAGE,
  deleteAlert: MANAGE,
  listCustomerMessages: READ,
  setCustomerMessage: MANAGE,
  removeCustomerMessage: MANAGE,
  getSettings: READ,
  changeSettings: MANAGE,
  listIdentifications: READ,
  remindOfIdentification: SELL,
  listSimulatorNumbers: READ,
  listEvents: READ,
  streamEvents: READ,
  createWebhook: MANAGE,
  listWebhooks: MANAGE,
  getWebhook: MANAGE,
  changeWebhook: MANAGE,
  rotateWebhook: MANAGE,
  testWebhook: MANAGE,
  listDeliveries: MANAGE,
  getDelivery: MANAGE,
  resendDelivery: MANAGE,
  deleteWebhook: MANAGE,
  listStaff: MANAGE,
  inviteStaff: MANAGE,
  changeStaff: MANAGE,
  removeStaff: MANAGE,
  createStaffLink: MANAGE,
  listOwnCredentials: MANAGE,
  createOwnCredential: MANAGE,
  rotateOwnCredential: MANAGE,
  revokeOwnCredential: MANAGE,

  listDistributors: SUPPORT,
  createDistributor: OPERATE,
  getDistributor: SUPPORT,
  changeDistributor: OPERATE,
  getDistributorSettings: SUPPORT,
  changeDistributorSettings: OPERATE,
  listCredentials: SUPPORT,
  createCredential: OPERATE,
  changeCredential: OPERATE,
  rotateCredential: OPERATE,
  revokeCredential: OPERATE,
  listSuppliers: SUPPORT,
  createSupplier: OPERATE,
  getSupplier: SUPPORT,
  changeSupplier: OPERATE,
  importSupplierProducts: OPERATE,
  listSupplierCatalogue: SUPPORT,
  readSupplierCatalogue: OPERATE,
  listProducts: SUPPORT,
  createProduct: OPERATE,
  getProduct: SUPPORT,
  changeProduct: OPERATE,
  listOffers: SUPPORT,
  createOffer: OPERATE,
  getOffer: SUPPORT,
  changeOffer: OPERATE,
  importCsv: OPERATE,
  createGrant: OPERATE,
  createAdjustment: OPERATE,
  listMovements: SUPPORT,
  getStockAt: SUPPORT,
  getStockForecast: SUPPORT,
  verifyLedger: SUPPORT,
  getOverviewOfAll: SUPPORT,
  listTransactions: SUPPORT,
  countTransactions: SUPPORT,
  getTransaction: SUPPORT,
  listExchanges: SUPPORT,
  resolveTransaction: SUPPORT,
  confirmIdentification: OPERATE,
  listAllEvents: SUPPORT,
  streamAllEvents: SUPPORT,
  listAuditEntries: SUPPORT,
  listAccounts: SUPPORT,
  inviteAccount: OPERATE,
  changeAccount: OPERATE,
  removeAccount: OPERATE,
  createAccountLink: OPERATE,

  getSession: ANYBODY,
  signOut: ANYBODY,
  changePassword: ANYBODY,
  enrolFactor: ANYBODY,
  confirmFactor: ANYBODY,
  removeFactor: ANYBODY,
  listSessions: ANYBODY,
  revokeSession: ANYBODY,
  revokeOtherSessions: ANYBODY,
};

/** The operations that a role may call. */
export const permissionsOf = (role: Role): GuardedOperation[] =>
  (Object.keys(PERMISSIONS) as GuardedOperation[]).filter((name) => PERMISSIONS[name].includes(role));
