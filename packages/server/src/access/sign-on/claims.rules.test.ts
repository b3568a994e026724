import { describe, expect, it } from 'vitest';
import { emailIn, roleIn } from './claims.rules.ts';

const ROLES = [
  { value: 'admins', role: 'distributor_admin' },
  { value: 'tills', role: 'seller' },
] as const;

describe('what a provider says of somebody', () => {
  it.each([
    [{ email: 'Ada@Shop.example' }, 'ada@shop.example'],
    [{ email: 'ada@shop.example', email_verified: true }, 'ada@shop.example'],
    [{ email: 'ada@shop.example', email_verified: false }, null],
    [{ email: 'ada@shop.example', email_verified: 'false' }, null],
    [{ email: 'ada' }, null],
    [{ email: ['ada@shop.example'] }, null],
    [{}, null],
  ])('has an address where it is one that was not left unchecked: %j', (claims, email) => {
    expect(emailIn(claims)).toBe(email);
  });

  it.each([
    ['tills', 'seller'],
    [['others', 'tills'], 'seller'],
    [['tills', 'admins'], 'distributor_admin'],
    ['Tills', null],
    [['tills,admins'], null],
    [{ tills: true }, null],
    [undefined, null],
  ])('stands for the first role that fits: %j', (told, role) => {
    expect(roleIn({ 'https://shop.example/groups': told }, 'https://shop.example/groups', ROLES)).toBe(role);
    expect(roleIn({}, 'constructor', ROLES)).toBeNull();
  });
});
