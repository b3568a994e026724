import { expect, it } from 'vitest';
import { isRounded, readDecimal } from './index.ts';

it.each<[string, number | 'either' | null]>([
  ['7', 7],
  ['7.92', 7.92],
  ['-7.92', -7.92],
  ['7,92', 7.92],
  ['-7,9', -7.9],
  ['0,125', 0.125],
  ['1234,567', 1234.567],
  ['1 234', 1234],
  ['1 234,5', 1234.5],
  ['1\u202f234\u202f567,89', 1234567.89],
  ['12\u00a0345.6', 12345.6],
  ['1.234,5', 1234.5],
  ['1,234.5', 1234.5],
  ['1,234,567.8', 1234567.8],
  // One and a bit for some, more than a thousand for others.
  ['1,234', 'either'],
  ['-12,345', 'either'],
  ['1,23,4', null],
  ['1 23', null],
  ['1e3', null],
  ['0x10', null],
  ['', null],
  ['seven', null],
])('%j is the number %j', (text, number) => {
  expect(readDecimal(text)).toBe(number);
});

it.each<[string, boolean]>([
  ['3.37E+10', true],
  ['6,84588E+08', true],
  ['8.9911E+18', true],
  ['1E+15', true],
  ['-1.5E-05', true],
  ['33684587587', false],
  ['1E5', false],
  ['PO-3.37E+10', false],
  ['E+10', false],
])('that %j was made by Excel is %j', (text, isSo) => {
  expect(isRounded(text)).toBe(isSo);
});
