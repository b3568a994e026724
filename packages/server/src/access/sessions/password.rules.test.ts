import { expect, it } from 'vitest';
import { passwordFault } from './password.rules.ts';

const EMAIL = 'ada.lovelace@airport-shop.example';

it.each(['three brown horses', 'aVr9#kqpL2zm', 'Der Mond ist aufgegangen', 'пароль из слов', '東京駅は今日も人が多い'])(
  '%s may be a password',
  (password) => expect(passwordFault(password, EMAIL)).toBeNull(),
);

it.each([
  'password1234',
  'Password2026!',
  'P-a-s-s-w-o-r-d-1',
  'motdepasse 123',
  '123456789012',
  'qwertyuiop12',
  'passwordpassword',
  'opentopup2026',
  'aaaaaaaaaaaaaaa',
  'abababababababab',
  EMAIL,
  'Lovelace12345',
])('%s is too easy to guess', (password) => expect(passwordFault(password, EMAIL)).not.toBeNull());
