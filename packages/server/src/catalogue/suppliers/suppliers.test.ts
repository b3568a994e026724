import { refuse } from '@opentopup/contract';
import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import type { Connector } from '../../connectors/connector.ts';
import { checkConnectorUse } from './suppliers.ts';

const strict: Connector = {
  settings: Type.Object(
    { base_url: Type.String(), retry: Type.Optional(Type.Object({ times: Type.Integer() })) },
    { additionalProperties: false },
  ),
  secrets: { client_secret: 'needed', private_key: 'optional' },
  recharge: async () => ({ outcome: 'ok' }),
};
const easy: Connector = { recharge: strict.recharge };
const byName = new Map<string | null, Connector>([
  ['strict', strict],
  ['easy', easy],
]);
const connectors = { names: ['strict', 'easy'], get: (name: string | null) => byName.get(name) };
const GOOD = { connector: 'strict', settings: { base_url: 'https://x' }, secret_names: ['client_secret'] };

describe('a supplier', () => {
  it('with what its connector asks for is taken', () => {
    expect(checkConnectorUse(connectors, GOOD)).toBeNull();
  });

  it('whose connector asks for nothing, or that has none, may have any settings and secrets', () => {
    const anything = { settings: { a: [1] }, secret_names: ['b'] };
    expect(checkConnectorUse(connectors, { connector: 'easy', ...anything })).toBeNull();
    expect(checkConnectorUse(connectors, { connector: null, ...anything })).toBeNull();
  });

  it.each([
    ['an unknown connector', { connector: 'x' }, 'invalid_body_field', 'connector', 'one of strict, easy is needed'],
    ['a setting missing', { settings: {} }, 'missing_body_field', 'settings.base_url', undefined],
    ['a wrong setting', { settings: { base_url: 7 } }, 'invalid_body_field', 'settings.base_url', 'must be string'],
    [
      'a wrong setting further in',
      { settings: { base_url: 'x', retry: { times: 'x' } } },
      'invalid_body_field',
      'settings.retry.times',
      'must be integer',
    ],
    [
      'a setting that there is not',
      { settings: { base_url: 'x', more: 1 } },
      'invalid_body_field',
      'settings.more',
      'there is no such field',
    ],
    ['a secret missing', { secret_names: [] }, 'missing_body_field', 'secrets.client_secret', undefined],
    [
      'a secret that there is not',
      { secret_names: ['client_secret', 'more'] },
      'invalid_body_field',
      'secrets.more',
      'there is no such field',
    ],
  ] as const)('with %s is refused, and the field is named', (_, change, reason, field, detail) => {
    const refusal = refuse(reason, { field, ...(detail !== undefined && { detail }) });
    expect(checkConnectorUse(connectors, { ...GOOD, ...change })).toEqual(refusal);
  });
});
