import { expect, it } from 'vitest';
import { SchemaRefused } from '../database/migrate.ts';
import { startError } from './start-error.ts';

it('a database of a later version is refused in words, without a stack', () => {
  expect(startError(new SchemaRefused('Run a later version.'))).toBe('Run a later version.');
});
