import type { DistributorEvent, Event, EventType, OperatorEventType } from '@opentopup/contract';
import type { SuccessAnswer } from './answers.ts';
import { type AnyInput, type Call, waitAfter } from './caller.ts';
import { TravelB2BError, UnreadableAnswerError } from './errors.ts';
import type { OperationSet } from './operation-set.ts';
import type { ExtensionOperations, OperatorOperations } from './operations.ts';
import type { CallOptions } from './options.ts';
import { nextQuery } from './pages.ts';
import { backoff_ms, pause } from './pause.ts';
import { readServerSent } from './server-sent.ts';

export interface EventQuery<Type extends string = EventType> {
  /** Only these; all unless told. */
  types?: Type[];
  /** Only what comes after the event with this id, in the order asked for. */
  cursor?: string;
  /** `oldest` first unless told. */
  order?: 'oldest' | 'newest';
  /** How many come with one request; 100 unless told. */
  limit?: number;
}

export interface FollowOptions<Type extends string = EventType> extends CallOptions {
  /** Only these; all unless told. */
  types?: Type[];
  /** The id of the last event that you have; what happens from now on unless told. */
  from?: string;
}

/** What an operator may ask for besides. */
export interface OfDistributor {
  /** Only what happens to the distributor with this id; to any unless told. */
  distributor?: string;
}

/** The cursor before all events. */
const BEGINNING = '00000000-0000-0000-0000-000000000000';

/** Where events come from. */
interface Source<E> {
  list: (input: AnyInput, options?: CallOptions) => Promise<SuccessAnswer>;
  stream: (input: Pick<Call, 'query' | 'headers'>, options?: CallOptions) => Promise<ReadableStream<Uint8Array>>;
  idOf: (entry: E) => string;
}

/**
 * Reads the events that an OpenTopup tells a distributor.
 * @param operations those of a client or a session
 */
export const eventsOf = (operations: OperationSet<ExtensionOperations>) =>
  // biome-ignore lint/complexity/noBannedTypes: nothing may be asked for besides.
  toldBy<Event, {}>({
    list: (input, options) => operations.answer('listEvents', input, options),
    stream: (input, options) => operations.stream('streamEvents', 'text/event-stream', input, options),
    idOf: ({ id }) => id,
  });

/**
 * Reads the events of all distributors for the operator, each with the distributor that it is of.
 * @param operator a client of the operator's, or the `operator` of a session
 */
export const allEventsOf = (operator: OperationSet<OperatorOperations>) =>
  toldBy<DistributorEvent, OfDistributor, EventType | OperatorEventType>({
    list: (input, options) => operator.answer('listAllEvents', input, options),
    stream: (input, options) => operator.stream('streamAllEvents', 'text/event-stream', input, options),
    idOf: ({ event }) => event.id,
  });

const toldBy = <E, More extends object, Type extends string = EventType>({ list, stream, idOf }: Source<E>) => {
  const pages = async function* (
    asked: EventQuery<Type> & More,
    options?: CallOptions,
  ): AsyncGenerator<E[], void, undefined> {
    const { types, ...rest } = asked as EventQuery<Type>;
    let query: AnyInput['query'] | null = { ...rest, ...(types && { types: types.join() }) };
    while (query) {
      const { body, headers } = await list({ query }, options);
      yield body as E[];
      query = nextQuery(headers.get('link'));
    }
  };

  const page = async (query: EventQuery<Type> & More, options?: CallOptions): Promise<E[]> =>
    (await pages(query, options).next()).value ?? [];

  return {
    /** Every event that is kept, page by page. */
    async *list(
      query: EventQuery<Type> & More = {} as More,
      options?: CallOptions,
    ): AsyncGenerator<E, void, undefined> {
      for await (const events of pages(query, options)) yield* events;
    },
    /** One page of them. */
    page: (query: EventQuery<Type> & More = {} as More, options?: CallOptions): Promise<E[]> => page(query, options),
    /**
     * What happens, as it happens, each event once and none left out, over as many connections as that takes: outages are
     * waited out. It ends with the signal, or with whoever stops asking.
     * @throws AbortedError; AnswerError where the server says no, such as `event_gone`: `from` is not kept any more
     */
    async *follow(options: FollowOptions<Type> & More = {} as More): AsyncGenerator<E, void, undefined> {
      const { types, from, signal, ...more } = options as FollowOptions<Type>;
      // Without a place to go on from, what happens before the first event is told would be lost with the connection.
      let last = from ?? (await newestId(signal)) ?? BEGINNING;
      const query = { ...more, types: types?.join() };
      for (let failures = 0; ; failures++) {
        let wait_ms = backoff_ms(failures);
        try {
          const body = await stream({ query, headers: { 'Last-Event-ID': last } }, { signal });
          for await (const data of readServerSent(body)) {
            const event = parsed(data) as E;
            last = idOf(event);
            failures = 0;
            yield event;
          }
        } catch (error) {
          if (!(error instanceof TravelB2BError) || !error.transient) throw error;
          wait_ms = waitAfter(error, failures);
        }
        await pause(wait_ms, signal);
      }
    },
  };

  async function newestId(signal: AbortSignal | undefined): Promise<string | undefined> {
    const query: EventQuery<Type> = { order: 'newest', limit: 1 };
    const [newest] = await page(query as EventQuery<Type> & More, { signal });
    return newest && idOf(newest);
  }
};

/** @throws UnreadableAnswerError */
function parsed(data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch (error) {
    throw new UnreadableAnswerError('an event came that is not JSON', false, error);
  }
}
