import Type from 'typebox';
import { MANAGERS, READERS, SUPPORT } from '../access/role-groups.ts';
import { operation } from '../operation.ts';
import { answer, DistributorPage, list, ofDistributor, ofOperator } from '../operation-parts.ts';
import { EventPage, EventTypes, LastEventId } from './event-page.ts';
import { DistributorEvent, Event, EventTrigger } from './events.ts';

/** The answer of a stream of events. */
const STREAM = {
  200: {
    description: 'Server-sent events, until you close the connection, or your token ends; each has the id of its event',
    also: ['text/event-stream'],
  },
} as const;

/** Operations that tell a distributor of its events: as a list, and as a stream. */
export const EVENT_OPERATIONS = {
  listEvents: operation({
    id: 'listEvents',
    method: 'GET',
    path: '/v1/events',
    tag: 'Events',
    summary: 'What has happened, from a cursor on',
    description:
      'Oldest first: ask again with the id of the last event that you have, and you miss none. An event whose time is ' +
      'over is no cursor any more (`event_gone`), unless it is the last that there was.',
    ...ofDistributor,
    roles: READERS,
    query: EventPage,
    answers: list('A page of events', Event),
    reasons: ['event_gone'],
  }),
  streamEvents: operation({
    id: 'streamEvents',
    method: 'GET',
    path: '/v1/events/stream',
    tag: 'Events',
    summary: 'What happens, as it happens',
    description:
      'Begins after the event in `Last-Event-ID`, without a gap and without repeating one; without that, now. At most 10 ' +
      'streams for each client.',
    ...ofDistributor,
    roles: READERS,
    query: EventTypes,
    headers: LastEventId,
    answers: STREAM,
    reasons: ['event_gone', 'too_many_streams'],
  }),
  triggerEvent: operation({
    id: 'triggerEvent',
    method: 'POST',
    path: '/v1/sandbox/events',
    tag: 'Events',
    summary: 'Makes an example of an event in the sandbox, for all who listen there',
    description:
      'For clients of the sandbox. It goes to the list, the streams and the endpoints as any event does, and says ' +
      '`example`. Nothing has happened: what it tells of does not exist.',
    ...ofDistributor,
    roles: MANAGERS,
    body: EventTrigger,
    bodyExample: { type: 'stock.low' },
    reasons: ['sandbox_only'],
    answers: { 201: answer('The event', Event) },
  }),
} as const;

/** Operations that tell the operator of the events of all distributors. */
export const OPERATOR_EVENT_OPERATIONS = {
  listAllEvents: operation({
    id: 'listAllEvents',
    method: 'GET',
    path: '/admin/v1/events',
    tag: 'All events',
    summary: 'What has happened to all distributors, from a cursor on',
    ...ofOperator,
    roles: SUPPORT,
    query: Type.Object({ ...EventPage.properties, distributor: DistributorPage.properties.distributor }),
    answers: list('A page of events', DistributorEvent),
    reasons: ['event_gone'],
  }),
  streamAllEvents: operation({
    id: 'streamAllEvents',
    method: 'GET',
    path: '/admin/v1/events/stream',
    tag: 'All events',
    summary: 'What happens to all distributors, as it happens',
    description: 'Begins after the event in `Last-Event-ID`; without that, now. At most 50 streams.',
    ...ofOperator,
    roles: SUPPORT,
    query: Type.Object({ ...EventTypes.properties, distributor: DistributorPage.properties.distributor }),
    headers: LastEventId,
    answers: STREAM,
    reasons: ['event_gone', 'too_many_streams'],
  }),
} as const;
