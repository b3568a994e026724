import Type, { type TSchema } from 'typebox';
import { Uuid } from '../formats.ts';
import type { OperationAnswer } from '../operation.ts';

/** `{id}` in a path. */
export const Id = Type.Object({ id: Uuid });

export const answer = (description: string, schema: TSchema, example?: unknown): OperationAnswer => ({
  description,
  schema,
  ...(example === undefined ? {} : { example }),
});

export const list = (description: string, of: TSchema, example?: unknown): { 200: OperationAnswer } => ({
  200: answer(description, Type.Array(of), example),
});
