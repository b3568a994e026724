import { operation } from '@opentopup/contract';
import Fastify from 'fastify';
import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { answerError } from './answers.ts';
import { readJsonBodies } from './json-body.ts';
import { serve } from './serve.ts';

const revoke = operation({
  id: 'revoke',
  method: 'DELETE',
  path: '/things/{name}',
  tag: 'Service',
  summary: 'Revokes a thing',
  access: 'public',
  extension: true,
  params: Type.Object({ name: Type.String() }),
  answers: { 200: { description: 'The thing', schema: Type.Object({ name: Type.String() }) } },
});

describe('an operation without a body', () => {
  const app = Fastify();
  app.decorateRequest('refusedBecause', null);
  app.setErrorHandler(answerError);
  readJsonBodies(app);
  serve(app, revoke, async ({ params }) => params);

  it.each([
    ['none', {}, undefined],
    ['none, but announces JSON, as many libraries do', { 'content-type': 'application/json' }, undefined],
    ['JSON', { 'content-type': 'application/json' }, '{"why":"lost"}'],
    ['text', { 'content-type': 'text/plain' }, 'lost'],
    ['what has no type', {}, 'lost'],
    ['more than is ever read', { 'content-type': 'application/json' }, 'x'.repeat(200_000)],
  ])('serves a request that has %s', async (_, headers, payload) => {
    const answer = await app.inject({ method: 'DELETE', url: '/things/key', headers, ...(payload && { payload }) });
    expect([answer.statusCode, answer.json()]).toEqual([200, { name: 'key' }]);
  });
});
