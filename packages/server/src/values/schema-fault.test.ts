import Type from 'typebox';
import { expect, it } from 'vitest';
import { faultIn } from './schema-fault.ts';

const Order = Type.Object(
  {
    kind: Type.Enum(['a', 'b']),
    units: Type.Optional(Type.Integer({ minimum: 1 })),
    to: Type.Optional(Type.Object({ name: Type.String() }, { additionalProperties: false })),
    data: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { additionalProperties: false },
);

it.each([
  ['is as its schema says', { kind: 'a', units: 1, to: { name: 'é' }, data: { a: [1, { b: null }] } }, null],
  ['lacks a field', {}, { kind: 'missing', field: 'kind' }],
  ['lacks a field further in', { kind: 'a', to: {} }, { kind: 'missing', field: 'to.name' }],
  ['has a field too many', { kind: 'a', more: 1 }, { kind: 'unknown', field: 'more' }],
  ['has a field too many further in', { kind: 'a', to: { name: 'x', more: 1 } }, { kind: 'unknown', field: 'to.more' }],
  ['is none of a few words', { kind: 'c' }, { kind: 'invalid', field: 'kind', message: 'one of a, b is needed' }],
  ['is of another type', { kind: 'a', units: '1' }, { kind: 'invalid', field: 'units', message: 'must be integer' }],
  ['is too small', { kind: 'a', units: 0 }, { kind: 'invalid', field: 'units' }],
  ['is something else altogether', 'text', { kind: 'invalid', field: '' }],
  ['has a NUL', { kind: 'a', data: { x: ['a\0b'] } }, { kind: 'invalid', field: 'data.x.0' }],
  ['has half a surrogate pair', { kind: 'a', data: { x: '\ud800' } }, { kind: 'invalid', field: 'data.x' }],
  ['has a NUL in the name of a field', { kind: 'a', data: { 'x\0': 1 } }, { kind: 'invalid', field: 'data' }],
])('what %s is told by the first field that is wrong', (_, value, fault) => {
  const found = faultIn(Order, value);
  if (fault === null) expect(found).toBeNull();
  else expect(found).toMatchObject(fault);
});

it('a change without any field is told so', () => {
  const Change = Type.Object({ name: Type.Optional(Type.String()) }, { minProperties: 1 });
  expect(faultIn(Change, {})).toEqual({ kind: 'invalid', field: '', message: 'at least one field is needed' });
});

it('a value with a great many fields too many is still told one of them', () => {
  const value = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`x${i}`, i]));
  expect(faultIn(Type.Object({}, { additionalProperties: false }), value)).toMatchObject({
    kind: 'unknown',
    field: 'x0',
  });
});
