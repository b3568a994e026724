import type { Static, TObject, TSchema } from 'typebox';
import type { Reason } from './reasons.ts';
import type { Tag } from './tags.ts';

/** Who may call an operation, and how they prove it. */
export type Access =
  /** Anybody. */
  | 'public'
  /** A distributor's client, with its id and secret (HTTP Basic). */
  | 'client'
  /** A distributor, with a bearer token or a session. */
  | 'distributor'
  /** The operator, with the admin token or a session. */
  | 'operator'
  /** Anybody who is signed in, with a session. */
  | 'account'
  /** A supplier, in its own way: its connector checks. */
  | 'supplier';

/** What stands behind a status in the OpenAPI description. */
export interface OperationAnswer {
  description: string;
  /** Absent: the answer has no JSON body. */
  schema?: TSchema;
  /** Other media types under which the same is answered. */
  also?: readonly string[];
  example?: unknown;
}

/** One operation, once: the server's routes, the OpenAPI description and the client are all made from it. */
export interface Operation {
  /** Its name, unique. Those of Travel B2B 1.7 keep the names they have there. */
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `{parameters}`; for the wire, below one of its bases. */
  path: string;
  tag: Tag;
  summary: string;
  description?: string;
  access: Access;
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

type Read<S> = S extends TSchema ? Static<S> : undefined;

/** What an operation reads of a request, validated. */
export interface OperationInput<O extends Operation> {
  params: Read<O['params']>;
  query: Read<O['query']>;
  body: Read<O['body']>;
}

/** What an operation answers when it is not refused; undefined where that has no JSON body. */
export type OperationOutput<O extends Operation> = {
  [Status in keyof O['answers']]: O['answers'][Status] extends { schema: infer S extends TSchema }
    ? Static<S>
    : undefined;
}[keyof O['answers']];

/** Keeps an operation's own types while it is checked against the interface. */
export const operation = <const O extends Operation>(definition: O): O => definition;
