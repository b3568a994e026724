import type { LineFault, Reason } from '@opentopup/contract';

/**
 * What an error says about the sale of an order:
 * - `cannot_have_happened`: proven. It may be ordered again.
 * - `may_have_happened`: nobody knows. Look the reference up before anything else.
 * - `did_happen`: the line is recharged, or the eSIM sold; only its answer is not usable.
 */
export type SaleCertainty = 'cannot_have_happened' | 'may_have_happened' | 'did_happen';

/** Everything this client throws. What it throws is no answer to the question that was asked. */
export abstract class TravelB2BError extends Error {
  /** What is known of the sale; only on errors of `create`, `lookup`, `waitFor` and `decryptActivationCode`. */
  declare sale?: SaleCertainty;
  /** The reference of the order, for `lookup` or for ordering again; only on errors of `create` and `lookup`. */
  declare reference?: string;
  /** Proven: the server has done nothing of what it was asked, because it never was, or because it says so. */
  nothingDone: boolean;
  /** The same request, unchanged, may succeed a little later. */
  transient = false;

  constructor(message: string, nothingDone: boolean, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.nothingDone = nothingDone;
  }

  /** The same for somebody else who waited for the same, and knows something else of a sale. */
  copy(): this {
    const Same = this.constructor as new (message: string, nothingDone: boolean, cause: unknown) => this;
    return Object.assign(new Same(this.message, this.nothingDone, this.cause), this);
  }
}

/** No answer, or not the whole of it. `nothingDone` tells whether the request is proven never to have left. */
export class ConnectionError extends TravelB2BError {
  override readonly name: string = 'ConnectionError';
  override transient = true;
}

/** No answer within `timeout_ms`. */
export class TimeoutError extends ConnectionError {
  override readonly name = 'TimeoutError';
}

/** The caller's own signal ended the call; `cause` is the signal's reason. */
export class AbortedError extends TravelB2BError {
  override readonly name = 'AbortedError';
}

/** This client was called in a way that cannot work. Nothing was sent. */
export class UsageError extends TravelB2BError {
  override readonly name = 'UsageError';

  constructor(message: string, nothingDone = true, cause?: unknown) {
    super(message, nothingDone, cause);
    this.sale = 'cannot_have_happened';
  }
}

/** What an error answer says. */
export interface ErrorAnswer {
  /** HTTP status. */
  status: number;
  /** The API-wide code of the Travel B2B API; absent where the answer is not the API's own, but a proxy's. */
  code?: number;
  /** What exactly is wrong, in the API's words. */
  description?: string;
  /** OpenTopup's reason, or the one that the description stands for. */
  reason?: Reason;
  /** Names the request in the server's log. */
  requestId?: string;
  /** The transaction that came to nothing. */
  transactionId?: string;
  /** What is wrong with the line of an order. */
  lineFault?: LineFault;
  /** How long the server asks to wait, in milliseconds. */
  retryAfter_ms?: number;
}

/** The server answered, but not what was asked for. */
export class AnswerError extends TravelB2BError implements ErrorAnswer {
  override readonly name: string = 'AnswerError';
  declare readonly status: number;
  declare readonly code?: number;
  declare readonly description?: string;
  declare readonly reason?: Reason;
  declare readonly requestId?: string;
  declare readonly transactionId?: string;
  declare readonly lineFault?: LineFault;
  declare readonly retryAfter_ms?: number;

  constructor(message: string, nothingDone: boolean, answer?: ErrorAnswer) {
    super(message, nothingDone);
    Object.assign(this, answer);
  }
}

/** No token, or not one that counts: the client's id or secret is wrong or revoked, or it may not do this. */
export class AuthenticationError extends AnswerError {
  override readonly name = 'AuthenticationError';
}

/** The server says that it did what it was asked, but not in a way that can be read. */
export class UnreadableAnswerError extends TravelB2BError {
  override readonly name = 'UnreadableAnswerError';
  override transient = true;
}
