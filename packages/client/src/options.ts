import type { TravelB2BError } from './errors.ts';

/** What hooks are told of a request: the route, never the address, which may hold a customer's number. */
export interface RequestEvent {
  /** The operation's name: `createTransaction`, `createToken`, … */
  operation: string;
  method: string;
  /** The path with its `{parameters}`. */
  path: string;
  /** 0 for the first try, then counting. */
  attempt: number;
}

/** What hooks are told of how a request ended. */
export interface ResponseEvent extends RequestEvent {
  /** HTTP status; absent where no answer came. */
  status?: number;
  /** Names the request in the server's log. */
  requestId?: string;
  duration_ms: number;
  /** Why there is no answer. */
  error?: TravelB2BError;
}

// biome-ignore lint/suspicious/noConfusingVoidType: a hook that adds nothing need not say so.
type Added = Record<string, string> | undefined | void;

/** How to reach a server. */
export interface ConnectionOptions {
  /** The address below which the operations answer: `https://api.orange.com/travel-b2b/v1`, or that of an OpenTopup. */
  baseUrl: string;
  /** How long one request may take, in milliseconds; 30,000 unless told. */
  timeout_ms?: number;
  /** How often a request is repeated where that is safe; 3 unless told. */
  retries?: number;
  /** Instead of the global `fetch`. */
  fetch?: typeof fetch;
  /** Called before each request; headers it returns are sent too. */
  onRequest?: (event: RequestEvent) => Added | Promise<Added>;
  /** Called after each request. Whatever it throws is ignored: a sale does not fail because its log does. */
  onResponse?: (event: ResponseEvent) => void;
}

/** What any call takes. */
export interface CallOptions {
  /** Ends the call, waiting and repeating included. */
  signal?: AbortSignal | undefined;
}
