import { refuse } from '@opentopup/contract';
import accepts from 'accepts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { fail, RefusalError } from './refusal-error.ts';

/** Largest body taken, in bytes. */
export const BODY_LIMIT = 64 * 1024;

/** A hook for routes that answer JSON and nothing else. A missing `Accept` takes anything (RFC 9110). */
export async function requireJsonAccepted(request: FastifyRequest): Promise<void> {
  if (accepts(request.raw).type(['application/json']) === false)
    fail('not_acceptable', { detail: 'only application/json is answered' });
}

/** Deepest nesting of a body that is read. */
const DEEPEST = 32;

/** True for a value whose lists and objects lie within each other more often than that. */
function isTooDeep(value: unknown, left = DEEPEST): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return left === 0 || Object.values(value).some((inner) => isTooDeep(inner, left - 1));
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
    if (isTooDeep(json)) {
      done(new RefusalError(refuse('invalid_body', { detail: `body nested deeper than ${DEEPEST} levels` })));
      return;
    }
    done(null, json);
  });
}

/** For operations that take no body: what is sent along, or announced as libraries do with DELETE, is not looked at. */
export function ignoreBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => {
    payload.once('end', () => done(null)).once('error', done);
    payload.resume();
  });
}
