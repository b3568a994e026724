import { expect, it } from 'vitest';
import { maskedForCustomer, maskedForStaff, maskedText } from './line.ts';

it.each([
  ['+33684587587', '+33 6 •• •• •• 87'],
  ['+34612345678', '+34 6•• •• •• 78'],
  ['8991101200003204514', '•••••••••••••••4514'],
])('staff that sees no numbers sees %s as %s', (line, masked) => expect(maskedForStaff(line)).toBe(masked));

it.each([
  ['+33684587587', '+33•••••••87'],
  ['8991101200003204514', '899••••••••••••••14'],
])('an end customer is told of %s as %s', (line, masked) => expect(maskedForCustomer(line)).toBe(masked));

it('in a text all numbers are masked but for their end, and ids and dates stay', () => {
  const id = '01a20d0b-5411-7117-9911-456654456654';
  const text = `{"id":"${id}","at":"2026-11-24T10:12:56Z","line":"+33684587587","n":"06 84 58 75 87","amount":10.50}`;
  expect(maskedText(text)).toBe(
    `{"id":"${id}","at":"2026-11-24T10:12:56Z","line":"+•••••••••87","n":"•• •• •• •• 87","amount":10.50}`,
  );
  expect(maskedText('https://supplier.example/lines/33684587587?day=2026-11-24')).toBe(
    'https://supplier.example/lines/•••••••••87?day=2026-11-24',
  );
  expect(maskedText('{"line":"0684…')).toBe('{"line":"••84…');
});

it.each([
  ['msisdn=%2B33684587587', 'msisdn=%2B•••••••••87'],
  ['{"msisdn":"\\u002B33684587587"}', '{"msisdn":"\\u002B•••••••••87"}'],
  ['ref0684587587', 'ref••••••••87'],
  ['line-33684587587', 'line-•••••••••87'],
  ['n=06+84+58+75+87', 'n=••+••+••+••+87'],
])('a number is masked whatever stands before it or within: %s', (text, masked) =>
  expect(maskedText(text)).toBe(masked),
);
