import Type, { type TArray, type TSchema } from 'typebox';
import { EXAMPLES } from '../examples.ts';
import { Uuid } from '../formats.ts';

/** `{id}` in a path. */
export const Id = Type.Object({ id: Uuid });

/** What has to be known of the figures of an overview. */
export const OVERVIEW_NOTE =
  'Orders are counted by the very statements that hold and settle them. Reasons, orders that took no unit and the times of suppliers are statistics: they come within seconds, and a process that is killed takes its last few seconds of them with it.';

/** An answer of this schema; its type is kept, so that clients know what they get. */
export interface JsonAnswer<S extends TSchema> {
  description: string;
  schema: S;
  example?: unknown;
}

const exampleOf = (schema: TSchema): unknown => EXAMPLES[(schema as { title?: string }).title ?? ''];

/** @param example the one that its schema has in `EXAMPLES`, unless told */
export const answer = <S extends TSchema>(
  description: string,
  schema: S,
  example: unknown = exampleOf(schema),
): JsonAnswer<S> => ({
  description,
  schema,
  ...(example === undefined ? {} : { example }),
});

export const list = <S extends TSchema>(description: string, of: S): { 200: JsonAnswer<TArray<S>> } => ({
  200: answer(description, Type.Array(of), [exampleOf(of)]),
});
