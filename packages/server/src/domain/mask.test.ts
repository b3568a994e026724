import { expect, it } from 'vitest';
import { maskedLine } from './mask.ts';

it.each([
  ['+33684587587', '+33 6 •• •• •• 87'],
  ['+34612345678', '+34 6•• •• •• 78'],
  ['8991101200003204514', '•••••••••••••••4514'],
])('%s is shown as %s', (line, masked) => expect(maskedLine(line)).toBe(masked));
