import Type, { type TSchema } from 'typebox';
import { EXAMPLES } from '../examples.ts';
import { Uuid } from '../formats.ts';
import type { OperationAnswer } from '../operation.ts';

/** `{id}` in a path. */
export const Id = Type.Object({ id: Uuid });

const exampleOf = (schema: TSchema): unknown => EXAMPLES[(schema as { title?: string }).title ?? ''];

/** @param example the one that its schema has in `EXAMPLES`, unless told */
export const answer = (
  description: string,
  schema: TSchema,
  example: unknown = exampleOf(schema),
): OperationAnswer => ({
  description,
  schema,
  ...(example === undefined ? {} : { example }),
});

export const list = (description: string, of: TSchema): { 200: OperationAnswer } => ({
  200: answer(description, Type.Array(of), [exampleOf(of)]),
});
