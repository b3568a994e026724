import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { EXAMPLE_IDS, EXAMPLE_SOLD } from '../example-values.ts';
import { EVENT_TYPES } from './event-types.ts';
import { EXAMPLE_EVENT_DATA } from './events.examples.ts';
import { EVENT_VERSION, Event } from './events.ts';

describe('an example of an event', () => {
  it.each(EVENT_TYPES)('of type %s is one of that type', (type) => {
    const { anyOf } = Event as unknown as { anyOf: { properties: { type: { const: string } } }[] };
    const schema = anyOf.find(({ properties }) => properties.type.const === type) ?? expect.fail(type);
    const data = EXAMPLE_EVENT_DATA[type];
    const event = { id: EXAMPLE_IDS.event, type, version: EVENT_VERSION, created: EXAMPLE_SOLD, example: true, data };
    expect(Value.Errors(schema as never, event)).toEqual([]);
  });
});
