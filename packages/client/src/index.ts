export type { Reason } from '@opentopup/contract';
export {
  AbortedError,
  AnswerError,
  AuthenticationError,
  ConnectionError,
  type SaleCertainty,
  TimeoutError,
  TravelB2BError,
  UnreadableAnswerError,
  UsageError,
} from './errors.ts';
export { neverSent } from './never-sent.ts';
export type { OperationSet } from './operation-set.ts';
export type { Entry, ExtensionOperations, Input, OperatorOperations, Output, WireOperations } from './operations.ts';
export { Operator, type OperatorOptions } from './operator.ts';
export type { CallOptions, ConnectionOptions, RequestEvent, ResponseEvent } from './options.ts';
export type { EsimOrder, TopupOrder } from './order.ts';
export type { CreateOptions } from './orders.ts';
export type { Ok, Pending, Refused, TopupResult } from './result.ts';
export { TravelB2B, type TravelB2BOptions } from './travel-b2b.ts';
export type { Offer, Transaction } from './wire.ts';
