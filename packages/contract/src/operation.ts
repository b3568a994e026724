import type { Static, TObject, TSchema } from 'typebox';
import type { CallerRole } from './access/roles.ts';
import type { Reason } from './reasons.ts';
import type { Tag } from './tags.ts';

/** The ways to prove who calls where roles do not matter. */
type OpenAccess =
  /** Anybody. */
  | 'public'
  /** A distributor's client, with its id and secret (HTTP Basic). */
  | 'client'
  /** A supplier, in its own way: its connector checks. */
  | 'supplier';

/** The ways to prove who calls where only some roles may. */
export type GuardedAccess =
  /** A distributor, with a bearer token or a session. */
  | 'distributor'
  /** The operator, with the admin token or a session. */
  | 'operator'
  /** Anybody who is signed in, with a session. */
  | 'account';

export type Access = OpenAccess | GuardedAccess;

/** The callers that an operation admits. */
type Callers =
  | { access: OpenAccess; roles?: undefined }
  | {
      access: GuardedAccess;
      /** The clients of a distributor, with their tokens, count as its administrators, the admin token as the operator's. */
      roles: readonly CallerRole[];
    };

/** An answer in the OpenAPI description, under its status. */
export interface OperationAnswer {
  description: string;
  /** Absent: the answer has no JSON body. */
  schema?: TSchema;
  /** Other media types under which the same is answered. */
  also?: readonly string[];
  example?: unknown;
}

/** The part of an operation that does not depend on who calls. */
interface OperationDescription {
  /** Its name, unique. Those of Travel B2B 1.7 keep the names they have there. */
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `{parameters}`; for the wire, below one of its bases. */
  path: string;
  tag: Tag;
  summary: string;
  description?: string;
  /** True for what Travel B2B 1.7 does not have. */
  extension: boolean;
  params?: TObject;
  query?: TObject;
  headers?: TObject;
  body?: TSchema;
  /** Media type of the body; JSON unless told. */
  bodyType?: string;
  /** Other media types of bodies that are taken. */
  bodyAlso?: readonly string[];
  bodyExample?: unknown;
  answers: Readonly<Record<number, OperationAnswer>>;
  /** Refusals of its own, beside those that any request may meet. */
  reasons?: readonly Reason[];
  /** Whether an end customer waits for the answer: one who buys is told of every refusal, one who asks of its own. */
  customer?: 'buys' | 'asks';
}

/** One operation, once: the server's routes, the OpenAPI description and the client are all made from it. */
export type Operation = OperationDescription & Callers;

type Read<S> = S extends TSchema ? Static<S> : undefined;

/** The validated input of an operation. */
export interface OperationInput<O extends Operation> {
  params: Read<O['params']>;
  query: Read<O['query']>;
  body: Read<O['body']>;
}

/** The answer of an operation that is not refused; undefined where that has no JSON body. */
export type OperationOutput<O extends Operation> = {
  [Status in keyof O['answers']]: O['answers'][Status] extends { schema: infer S extends TSchema }
    ? Static<S>
    : undefined;
}[keyof O['answers']];

/** Keeps an operation's own types while it is checked against the interface. */
export const operation = <const O extends Operation>(definition: O): O => definition;
