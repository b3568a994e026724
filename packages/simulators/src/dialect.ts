import type { IncomingHttpHeaders } from 'node:http';
import type { Book, BookedOrder } from './book.ts';
import type { Callbacks } from './callbacks.ts';
import type { ControlSetting } from './control-setting.ts';
import type { Pace } from './pace.ts';

/** A request as a dialect gets it. */
export interface VendorRequest {
  method: string;
  /** Without the vendor's base. */
  path: string;
  /** What stands in the places of the route's path. */
  places: Readonly<Record<string, string>>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** Undefined where there is none, or it is no JSON. */
  body: unknown;
}

export interface VendorAnswer {
  status: number;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}

export type VendorRoute = (request: VendorRequest) => VendorAnswer | Promise<VendorAnswer>;

/** What every dialect works with. */
export interface DialectParts {
  book: Book;
  pace: Pace;
  callbacks: Callbacks;
  /** How the next order ends, in the vendor's words, where somebody has planned it; taken, it is used up. */
  takeEnding: () => string | null;
}

/** A vendor that is played: its routes, and its words for what all vendors have. */
export interface Vendor {
  /** Before the path of each route: `/v1`. */
  base: string;
  /** What a client has to know to be let in. */
  credentials: Readonly<Record<string, string>>;
  /** By method and path: `GET /transactions/{id}`. */
  routes: Readonly<Record<string, VendorRoute>>;
  /** The vendor's refusal of who calls; null where it lets them in. */
  authorize: (request: VendorRequest) => VendorAnswer | null;
  notFound: () => VendorAnswer;
  /** The vendor's words for "too many requests" and "not now". */
  refuse: (status: 429 | 503) => VendorAnswer;
  /** What can be steered of this vendor alone. */
  settings?: Readonly<Record<string, ControlSetting>>;
  /** How it tells what is left of its limit. Absent: it does not. */
  limitHeaders?: (limit: number, left: number) => Readonly<Record<string, string>>;
  /**
   * Brings an order to an end, in the vendor's words.
   * @returns false where the vendor knows no such end, or the order cannot come to it any more
   */
  end: (order: BookedOrder, ending: string) => boolean;
}

/** Plays a vendor. */
export type Dialect = (parts: DialectParts) => Vendor;
