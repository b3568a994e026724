import type { FastifyReply, FastifyRequest } from 'fastify';

/** Names the next page in the header `Link` (RFC 8288): the same address with another query. */
export function linkToNext(
  { url }: FastifyRequest,
  reply: FastifyReply,
  query: Readonly<Record<string, string | number>>,
): void {
  const next = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) next.set(name, String(value));
  void reply.header('Link', `<${url.split('?', 1)[0]}?${next.toString()}>; rel="next"`);
}
