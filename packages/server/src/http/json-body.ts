import { refuse } from '@opentopup/contract';
import accepts from 'accepts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { beyondJson } from '../values/storable.ts';
import { fail, RefusalError } from './refusal-error.ts';

/** Largest body taken, in bytes. */
export const BODY_LIMIT = 64 * 1024;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Media types in which the route answers beside JSON. */
    also?: readonly string[];
  }
}

/** A parameter of a media range in `Accept`, other than its weight: `charset=utf-8`, `header=present`. */
const PARAMETER = /;\s*(?!q\s*=)[^\s=;,]+\s*(?:=\s*(?:"(?:[^"\\]|\\.)*"|[^;,]*))?/gi;

/**
 * Chooses the media type that a request wants of those its route answers; false where it wants none of them. Parameters
 * choose between forms of a media type, and each of ours has one.
 */
export function acceptedType(request: FastifyRequest): string | false {
  const { also = [] } = request.routeOptions.config;
  const { accept } = request.headers;
  // What most requests say; a missing Accept takes anything (RFC 9110), and then JSON.
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return 'application/json';
  const bare = { headers: { accept: accept.replaceAll(PARAMETER, '') } } as FastifyRequest['raw'];
  const type = accepts(bare).type(['application/json', ...also]);
  return Array.isArray(type) ? (type[0] ?? false) : type;
}

const OR = new Intl.ListFormat('en', { type: 'disjunction' });

/** Refuses, as a hook, requests which do not take what their route answers. */
export function requireAccepted(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  if (!acceptedType(request)) {
    const types = ['application/json', ...(request.routeOptions.config.also ?? [])];
    fail('not_acceptable', { detail: `only ${OR.format(types)} is answered` });
  }
  done();
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads JSON bodies; anything that is not UTF-8 JSON, the empty body included, is `unable to decode json body`. */
export function readJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    let json: unknown;
    try {
      json = JSON.parse(utf8.decode(body as Buffer));
    } catch {
      done(new RefusalError(refuse(body.length === 0 ? 'missing_body' : 'invalid_json')));
      return;
    }
    const detail = beyondJson(json);
    if (detail === null) done(null, json);
    else done(new RefusalError(refuse('invalid_body', { detail })));
  });
}

/** Refuses bodies that come compressed: they would be read as what they are not. */
export function refuseCompressed(app: FastifyInstance): void {
  app.addHook('preParsing', ({ method, headers }, reply, payload, done) => {
    const encoding = headers['content-encoding'];
    if (encoding === undefined || method === 'GET' || method === 'HEAD' || encoding.toLowerCase() === 'identity') {
      done(null, payload);
      return;
    }
    // The one coding that is read, for clients that choose by it (RFC 9110, 15.5.16).
    void reply.header('Accept-Encoding', 'identity');
    fail('unsupported_media_type', { detail: 'no Content-Encoding is read: send the body as it is' });
  });
}

/** Ignores bodies, for operations that take none: whatever is sent along, or announced as libraries do with DELETE. */
export function ignoreBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => {
    payload.once('end', () => done(null)).once('error', done);
    payload.resume();
  });
}
