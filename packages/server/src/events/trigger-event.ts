import { EVENT_VERSION, type Event, type EventTrigger, wireDate } from '@opentopup/contract';
import { EXAMPLE_EVENT_DATA } from '@opentopup/contract/events/events.examples';
import type { Context } from '../context.ts';
import { writeExampleEvent } from '../outbox/outbox.store.ts';

/** Makes an example of an event, for all who listen to this distributor's. */
export async function triggerEvent(ctx: Context, distributor_id: string, { type }: EventTrigger): Promise<Event> {
  const at = ctx.now();
  const data = EXAMPLE_EVENT_DATA[type];
  const id = await writeExampleEvent(ctx.store.db, { distributor_id, kind: type, at, data });
  return { id, type, version: EVENT_VERSION, created: wireDate(at), example: true, data } as Event;
}
