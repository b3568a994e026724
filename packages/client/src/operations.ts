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
