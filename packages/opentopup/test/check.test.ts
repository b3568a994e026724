import { CommandLine } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

let somebody: CommandLine;
beforeAll(async () => {
  somebody = await CommandLine.create();
});
afterAll(() => somebody.remove());

describe('check', () => {
  it('says that a database is of this version, and of an empty folder that a start fills it', async () => {
    const copy = await fetch(new URL('demoCopy', inject('fixturesUrl')));
    const { env } = (await copy.json()) as { env: Record<string, string> };
    expect(await somebody.with(env).run('check')).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('a start changes nothing'),
    });
    const { exit, values } = await somebody.json('check', '--data', somebody.file('none'));
    expect([exit, values[0]?.['status']]).toEqual([0, 'empty']);
  });

  it('says what keeps it from looking', async () => {
    const nowhere = { DATABASE_URL: 'postgres://u@127.0.0.1:1/db', ADMIN_TOKEN: 'operator-token-of-the-tests' };
    expect(await somebody.with(nowhere).run('check')).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('cannot be reached'),
    });
    expect(await somebody.with({ ...nowhere, ADMIN_TOKEN: '' }).run('check')).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('ADMIN_TOKEN'),
    });
  });
});
