import type { IncomingMessage } from 'node:http';
import type { OperatorTransaction } from './operator-data.ts';

/** However long a page was asked for. */
const LONGEST_PAGE = 50;

/** An answer that is not what was asked for, in the three fields of Travel B2B 1.7. */
export class WireRefusal extends Error {
  readonly status: number;
  readonly body: { code: number; message: string; description: string };

  constructor(status: number, message: string, code: number, description: string) {
    super(description);
    this.status = status;
    this.body = { code, message, description };
  }
}
export const bad = (code: number, description: string): WireRefusal =>
  new WireRefusal(400, 'Bad Request', code, description);

export interface WireRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

export function jsonBody({ headers, body }: WireRequest, known: string[]): Record<string, unknown> {
  if (headers['content-type'] !== 'application/json') {
    throw new WireRefusal(415, 'Unsupported Media Type', 68, 'unsupported media type');
  }
  let parsed: Record<string, unknown>;
  try {
    parsed = JSON.parse(body) as Record<string, unknown>;
  } catch {
    throw bad(22, 'unable to decode json body');
  }
  const unknown = Object.keys(parsed).find((name) => !known.includes(name));
  if (unknown !== undefined) throw bad(24, `invalid ${unknown} parameter in body`);
  return parsed;
}

export function page<T>(query: URLSearchParams, all: T[]): T[] {
  const offset = Number(query.get('offset') ?? 0);
  return all.slice(offset, offset + Math.min(LONGEST_PAGE, Number(query.get('limit') ?? LONGEST_PAGE)));
}

export function needOne(query: URLSearchParams): void {
  if (!query.get('transaction') && !query.get('simId')) throw bad(27, 'missing simId parameter in query');
}

export const csv = (transactions: OperatorTransaction[]): string =>
  ['id;status;user_id', ...transactions.map(({ id, status, user_id }) => `${id};${status};${user_id ?? ''}`)].join(
    '\n',
  );
