import type { TSchema } from 'typebox';
import { EXAMPLES } from '../examples.ts';

/** A part of the document: plain JSON. */
export type Json = { [name: string]: unknown };

export interface SchemaWriter {
  /** The schema as the document has it; one with a title becomes a component, and what stands here refers to it. */
  write: (schema: TSchema) => Json;
  /** The components written so far, by name. */
  components: () => Json;
}

const mapped = (of: unknown, write: (inner: Json) => Json): Json =>
  Object.fromEntries(Object.entries(of as Json).map(([name, inner]) => [name, write(inner as Json)]));

export function createSchemaWriter(): SchemaWriter {
  const components = new Map<string, Json>();

  /** What a schema demands, with the schemas within it written. */
  function demands({ properties, items, anyOf, patternProperties, ...rest }: Json): Json {
    const isText = Array.isArray(rest['enum']) && rest['enum'].every((value) => typeof value === 'string');
    return {
      ...(isText ? { type: 'string' } : {}),
      ...rest,
      ...(properties === undefined ? {} : { properties: mapped(properties, write) }),
      ...(items === undefined ? {} : { items: write(items as Json) }),
      ...(anyOf === undefined ? {} : { anyOf: (anyOf as Json[]).map(write) }),
      // Ours have one pattern, which lets any name through. The plainer word is known to more tools.
      ...(patternProperties === undefined
        ? {}
        : { additionalProperties: Object.values(mapped(patternProperties, write))[0] }),
    };
  }

  function write({ title, description, ...schema }: Json): Json {
    const note = {
      ...(description === undefined ? {} : { description }),
      ...(String(description).startsWith('Added:') ? { 'x-extension': true } : {}),
    };
    const written = demands(schema);
    if (typeof title !== 'string') return { ...written, ...note };
    const known = components.get(title);
    if (known === undefined) components.set(title, written);
    else if (JSON.stringify(known) !== JSON.stringify(written)) throw new Error(`two schemas are called ${title}`);
    return { $ref: `#/components/schemas/${title}`, ...note };
  }

  return {
    write: (schema) => write(schema as unknown as Json),
    components: () =>
      Object.fromEntries(
        [...components]
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([title, schema]) => {
            const example = EXAMPLES[title];
            return [title, { title, ...schema, ...(example === undefined ? {} : { examples: [example] }) }];
          }),
      ),
  };
}
