import type { Operation, OperationAnswer } from '../operation.ts';
import { type AnswerHeader, headers, ref } from './headers.ts';
import { nameOf, refusalResponse, refusalsOf } from './refusals.ts';
import type { Json, SchemaWriter } from './schemas.ts';

/** Names the headers that say how much a client may still ask, where its requests are counted. */
const counted = ({ access }: Operation): AnswerHeader[] =>
  access === 'distributor' ? ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'] : [];

/** Names the header of an answer that may be an earlier one's. */
const replayed = (operation: Operation): AnswerHeader[] =>
  operation.headers?.properties['Idempotency-Key'] ? ['Idempotent-Replayed'] : [];

function done(operation: Operation, answer: OperationAnswer, { write }: SchemaWriter): Json {
  const { description, schema, also = [], example } = answer;
  const json = schema && { schema: write(schema), ...(example === undefined ? {} : { example }) };
  return {
    description,
    headers: headers(
      ...counted(operation),
      ...replayed(operation),
      ...(operation.query?.properties['cursor'] ? (['Link'] as const) : []),
    ),
    ...((json || also.length > 0) && {
      content: {
        ...(json && { 'application/json': json }),
        ...Object.fromEntries(also.map((type) => [type, { schema: { type: 'string' } }])),
      },
    }),
  };
}

/** Writes the answers of an operation, by status: what it does, and each way in which it may be refused. */
export function answersOf(operation: Operation, writer: SchemaWriter): Json {
  return {
    ...Object.fromEntries(
      Object.entries(operation.answers).map(([status, answer]) => [status, done(operation, answer, writer)]),
    ),
    ...Object.fromEntries(
      refusalsOf(operation).map(([status, reasons]) => [
        status,
        status === 400 ? refusalResponse(reasons, replayed(operation)) : ref('responses', nameOf(reasons)),
      ]),
    ),
    default: ref('responses', 'Error'),
  };
}
