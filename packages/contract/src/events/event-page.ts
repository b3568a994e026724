import Type from 'typebox';
import { Uuid } from '../formats.ts';

/** The cursor before all events. */
export const FIRST_CURSOR = '00000000-0000-0000-0000-000000000000';

const cursor = { ...Uuid, description: `The id of an event: only what comes after it. \`${FIRST_CURSOR}\`: all` };

/** The types of events that are asked for. */
export const EventTypes = Type.Object({
  types: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z._,]{1,500}$',
      description: 'Only these types, separated by commas',
      examples: ['transaction.completed,stock.granted'],
    }),
  ),
});

/** From where, in which order and how many events are listed. */
export const EventPage = Type.Object({
  ...EventTypes.properties,
  order: Type.Enum(['oldest', 'newest'], {
    default: 'oldest',
    description: 'Which come first. `newest`: then the cursor leads to those before it',
  }),
  cursor: Type.Optional(cursor),
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
});

/** The event after which a stream begins; without it, now. Clients that reconnect by themselves send it. */
export const LastEventId = Type.Object({ 'Last-Event-ID': Type.Optional(cursor) });
