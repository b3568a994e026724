import { CommandLine } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

let somebody: CommandLine;
beforeAll(async () => {
  somebody = await CommandLine.create();
});
afterAll(() => somebody.remove());

describe('distribute', { tags: 'long' }, () => {
  it('says what a database lacks to be distributed, and leaves it as it is', async () => {
    const copy = await fetch(new URL('demoCopy', inject('fixturesUrl')));
    const { env } = (await copy.json()) as { env: Record<string, string> };
    expect(await somebody.with(env).run('distribute')).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('Citus is not installed in this database'),
    });
    expect(await somebody.with(env).run('check')).toMatchObject({ exit: 0 });
  });

  it('does not take the embedded database for one', async () => {
    const embedded = { ADMIN_TOKEN: 'operator-token-of-the-tests', DATA_DIR: somebody.file('none') };
    expect(await somebody.with(embedded).run('distribute')).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('Set DATABASE_URL to the coordinator'),
    });
  });
});
