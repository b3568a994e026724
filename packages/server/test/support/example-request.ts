import { described } from './description.ts';
import type { RawRequest } from './exchange.ts';

/** Writes an example in its media type. */
function written(example: any, type: string): string {
  if (type === 'application/x-www-form-urlencoded') return new URLSearchParams(example).toString();
  return type === 'application/json' ? JSON.stringify(example) : example;
}

/** The example request of an operation, as the OpenAPI description gives it; without credentials. */
export function exampleRequest(operationId: string): RawRequest {
  const { path, method, operation } = described(operationId);
  const given = ((operation.parameters ?? []) as { in: string; name: string; example?: string }[]).flatMap(
    ({ in: place, name, example }) => (example === undefined ? [] : [{ place, name, value: example }]),
  );
  const valuesIn = (place: string): [string, string][] =>
    given.filter((each) => each.place === place).map(({ name, value }) => [name, value]);

  const address = valuesIn('path').reduce((url, [name, value]) => url.replace(`{${name}}`, value), path);
  const query = new URLSearchParams(valuesIn('query')).toString();
  const [type, content] = Object.entries<any>(operation.requestBody?.content ?? {})[0] ?? [];
  return {
    method: method.toUpperCase(),
    path: query ? `${address}?${query}` : address,
    headers: { ...Object.fromEntries(valuesIn('header')), ...(type && { 'content-type': type }) },
    ...(type && { body: written(content.example, type) }),
  };
}
