import type { Operation } from '@opentopup/contract';
import type { SuccessAnswer } from './answers.ts';
import type { AnyInput, Call, OperationCaller } from './caller.ts';
import type { Entry, Input, ListName, Output, Routes } from './operations.ts';
import type { CallOptions } from './options.ts';
import { eachEntry } from './pages.ts';

/** The input may be left out where nothing in it is needed. */
type Arguments<O extends Operation> =
  Partial<Input<O>> extends Input<O>
    ? [input?: Input<O>, options?: CallOptions]
    : [input: Input<O>, options?: CallOptions];

/** Operations of the contract, by their names, with the types that the contract gives them. */
export class OperationSet<All extends Record<string, Operation>> {
  readonly #caller: OperationCaller;
  readonly #routes: Routes<All>;

  constructor(caller: OperationCaller, routes: Routes<All>) {
    this.#caller = caller;
    this.#routes = routes;
  }

  /**
   * Calls an operation.
   * @throws TravelB2BError
   */
  async call<Name extends keyof All & string>(
    name: Name,
    ...[input, options]: Arguments<All[Name]>
  ): Promise<Output<All[Name]>> {
    const { body } = await this.answer(name, input as AnyInput, options);
    return body as Output<All[Name]>;
  }

  /** The same, with the headers of the answer. */
  answer(name: keyof All & string, input?: AnyInput, options?: CallOptions): Promise<SuccessAnswer> {
    return this.#caller.answer(this.#request(name, input, options));
  }

  /** The body of an answer as it comes in; the time limit holds until it begins. */
  stream(
    name: keyof All & string,
    accept: string,
    input: Pick<Call, 'params' | 'query' | 'headers'>,
    options?: CallOptions,
  ): Promise<ReadableStream<Uint8Array>> {
    return this.#caller.stream(this.#request(name, input, options), accept);
  }

  /** Every entry of a list, page by page as they are asked for. */
  each<Name extends ListName<All> & string>(
    name: Name,
    ...[input, options]: Arguments<All[Name]>
  ): AsyncIterable<Entry<All[Name]>> {
    return eachEntry<Entry<All[Name]>>(this.#caller, this.#request(name, input, options));
  }

  #request(name: keyof All & string, input: unknown, options: CallOptions | undefined): Call {
    return { operation: name, route: this.#routes[name], ...(input as AnyInput), ...options };
  }
}
