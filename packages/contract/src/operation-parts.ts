import Type, { type TArray, type TSchema } from 'typebox';
import { EXAMPLES } from './examples.ts';
import { Uuid } from './formats.ts';
import { Page } from './service.ts';

/** The callers of what Travel B2B 1.7 has for distributors. */
export const ofWire = { access: 'distributor', extension: false } as const;
/** The callers of what OpenTopup adds for distributors. */
export const ofDistributor = { access: 'distributor', extension: true } as const;
/** The callers of what is the operator's. */
export const ofOperator = { access: 'operator', extension: true } as const;

/** `{id}` in a path. */
export const Id = Type.Object({ id: Uuid });

/** The query of a list that the operator may ask of one distributor. */
export const DistributorPage = Type.Object({
  ...Page.properties,
  distributor: Type.Optional({ ...Uuid, description: 'Only of this distributor' }),
});

/** An answer of this schema; its type is kept, so that clients know what they get. */
export interface JsonAnswer<S extends TSchema> {
  description: string;
  schema: S;
  example?: unknown;
}

/** Finds the example that a schema has by its title. */
const exampleOf = (schema: TSchema): unknown => EXAMPLES[(schema as { title?: string }).title ?? ''];

/**
 * Describes an answer.
 * @param example that of its schema in `EXAMPLES`, unless given
 */
export const answer = <S extends TSchema>(
  description: string,
  schema: S,
  example: unknown = exampleOf(schema),
): JsonAnswer<S> => ({
  description,
  schema,
  ...(example === undefined ? {} : { example }),
});

/** Describes the answer 200 with a list. */
export const list = <S extends TSchema>(description: string, of: S): { 200: JsonAnswer<TArray<S>> } => ({
  200: answer(description, Type.Array(of), [exampleOf(of)]),
});
