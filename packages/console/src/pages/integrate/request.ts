import type { Operation } from '@opentopup/contract';
import { SANDBOX_BASE } from '../../server.ts';
import { type CallField, fieldsOf } from './calls.ts';

/** What was typed, by the keys of the fields; what is empty is left out. */
export type Typed = Readonly<Record<string, string>>;

/** A request as it was typed. */
export interface CallRequest {
  method: string;
  /** On this server, with its query; always below the base of the sandbox. */
  path: string;
  headers: Record<string, string>;
  params: Record<string, unknown>;
  query: Record<string, unknown>;
  body?: Record<string, unknown>;
}

/**
 * Reads a field as it goes into JSON. What is no number or no JSON goes as the text that it is: the server says what is
 * wrong.
 */
function read({ kind }: CallField, text: string): unknown {
  if (kind === 'flag') return text === 'true';
  if (kind === 'number') return Number.isNaN(Number(text)) ? text : Number(text);
  if (kind !== 'json') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function put(into: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) into[name] = value;
  else {
    into[name] ??= {};
    put(into[name] as Record<string, unknown>, rest, value);
  }
}

/** Gives the request that was typed. */
export function requestOf(operation: Operation, typed: Typed): CallRequest {
  const parts = { params: {}, query: {}, headers: {}, body: {} };
  for (const field of fieldsOf(operation)) {
    const text = typed[field.key] ?? '';
    if (text !== '') put(parts[field.place], field.path, read(field, text));
  }
  const { params, query, headers, body } = parts as Record<keyof typeof parts, Record<string, unknown>>;
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(typed[`params.${name}`] ?? ''),
  );
  const search = new URLSearchParams(query as Record<string, string>).toString();
  return {
    method: operation.method,
    path: `${SANDBOX_BASE}${path}${search && `?${search}`}`,
    headers: { ...(operation.body && { 'Content-Type': 'application/json' }), ...(headers as Record<string, string>) },
    params,
    query,
    ...(operation.body && { body }),
  };
}
