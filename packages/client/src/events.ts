import type { Event, EventType } from '@opentopup/contract';
import { type AnyInput, waitAfter } from './caller.ts';
import { TravelB2BError, UnreadableAnswerError } from './errors.ts';
import type { OperationSet } from './operation-set.ts';
import type { ExtensionOperations } from './operations.ts';
import type { CallOptions } from './options.ts';
import { nextQuery } from './pages.ts';
import { backoff_ms, pause } from './pause.ts';
import { readServerSent } from './server-sent.ts';

export interface EventQuery {
  /** Only these; all unless told. */
  types?: EventType[];
  /** Only what comes after the event with this id, in the order asked for. */
  cursor?: string;
  /** `oldest` first unless told. */
  order?: 'oldest' | 'newest';
  /** How many come with one request; 100 unless told. */
  limit?: number;
}

export interface FollowOptions extends CallOptions {
  /** Only these; all unless told. */
  types?: EventType[];
  /** The id of the last event that you have; what happens from now on unless told. */
  from?: string;
}

/** The cursor before all events. */
const BEGINNING = '00000000-0000-0000-0000-000000000000';

/**
 * What happens, told to a distributor by an OpenTopup.
 * @param operations those of a client or a session
 */
export const eventsOf = (operations: OperationSet<ExtensionOperations>) => {
  const pages = async function* (asked: EventQuery, options?: CallOptions): AsyncGenerator<Event[], void, undefined> {
    let query: AnyInput['query'] | null = { ...asked, ...(asked.types && { types: asked.types.join() }) };
    while (query) {
      const { body, headers } = await operations.answer('listEvents', { query }, options);
      yield body as Event[];
      query = nextQuery(headers.get('link'));
    }
  };

  const page = async (query: EventQuery = {}, options?: CallOptions): Promise<Event[]> =>
    (await pages(query, options).next()).value ?? [];

  return {
    /** Every event that is kept, page by page. */
    async *list(query: EventQuery = {}, options?: CallOptions): AsyncGenerator<Event, void, undefined> {
      for await (const events of pages(query, options)) yield* events;
    },
    /** One page of them. */
    page,
    /**
     * What happens, as it happens, each event once and none left out, over as many connections as that takes: outages are
     * waited out. It ends with the signal, or with whoever stops asking.
     * @throws AbortedError; AnswerError where the server says no, such as `event_gone`: `from` is not kept any more
     */
    async *follow({ types, from, signal }: FollowOptions = {}): AsyncGenerator<Event, void, undefined> {
      // Without a place to go on from, what happens before the first event is told would be lost with the connection.
      let last = from ?? (await page({ order: 'newest', limit: 1 }, { signal }))[0]?.id ?? BEGINNING;
      const query = { types: types?.join() };
      for (let failures = 0; ; failures++) {
        let wait_ms = backoff_ms(failures);
        try {
          const headers = { 'Last-Event-ID': last };
          const body = await operations.stream('streamEvents', 'text/event-stream', { query, headers }, { signal });
          for await (const data of readServerSent(body)) {
            const event = eventOf(data);
            last = event.id;
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
};

/** @throws UnreadableAnswerError */
function eventOf(data: string): Event {
  try {
    return JSON.parse(data) as Event;
  } catch (error) {
    throw new UnreadableAnswerError('an event came that is not JSON', false, error);
  }
}
