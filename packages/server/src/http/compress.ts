import { pipeline, Readable } from 'node:stream';
import { createGzip, gzip } from 'node:zlib';
import type { Operation } from '@opentopup/contract';
import accepts from 'accepts';
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify';

/** Answers shorter than this are not worth it, in bytes. */
const WORTHWHILE = 1_024;

/** Lists repeat themselves so much that harder work gains a tenth and takes three times as long. */
const EFFORT = { level: 1 } as const;

const takesGzip = ({ raw }: FastifyRequest): boolean =>
  raw.headers['accept-encoding'] !== undefined && accepts(raw).encoding(['gzip', 'identity']) === 'gzip';

/** Sends an answer compressed, where it is long and the client takes that. A hook of the routes that may. */
export function compress(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  done: (error: Error | null, payload?: unknown) => void,
): void {
  const isStream = payload instanceof Readable;
  const isWhole = typeof payload === 'string' || Buffer.isBuffer(payload);
  const isLong = isStream || (isWhole && Buffer.byteLength(payload) >= WORTHWHILE);
  if (isLong) void reply.header('Vary', 'Accept-Encoding');
  if (!isLong || !takesGzip(request)) {
    done(null, payload);
    return;
  }
  void reply.header('Content-Encoding', 'gzip').removeHeader('Content-Length');
  // A client that leaves in the middle ends both; Fastify says so in the log, once.
  if (isStream)
    done(
      null,
      pipeline(payload, createGzip(EFFORT), () => {}),
    );
  else gzip(payload, EFFORT, done);
}

/** The answers that tell what installs or unlocks an eSIM. */
const WITH_SECRETS = new Set<string>(['getDistributorTransactionDetail']);

/**
 * Returns what a route has beside its handler where its answers may be compressed: those that only read, and tell no
 * secret. The length of a compressed answer tells what of it agrees with the rest (BREACH), and no secret may be
 * guessed by that. So what is told once, tokens and what installs an eSIM go as they are, and a sale does not even ask.
 * A stream of events would wait in the compressor.
 */
export const compressed = ({ id, method, answers }: Operation): Pick<RouteOptions, 'onSend'> =>
  method === 'GET' && !WITH_SECRETS.has(id) && !answers[200]?.also?.includes('text/event-stream')
    ? { onSend: compress }
    : {};
