import { CommandLine } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';

let somebody: CommandLine;
beforeAll(async () => {
  somebody = await CommandLine.create();
});
afterAll(() => somebody.remove());

describe('serve', () => {
  it('becomes the server, which ends in order when it is told to', async () => {
    const copy = await fetch(new URL('demoCopy', inject('fixturesUrl')));
    const { DATABASE_URL = '', ...env } = ((await copy.json()) as { env: Record<string, string> }).env;
    const running = somebody.with(env).start('serve', '--port', '0', '--database-url', DATABASE_URL);
    await vi.waitFor(() => expect(running.written()).toContain('is ready at'), { timeout: 100_000, interval: 50 });
    running.child.kill('SIGTERM');
    expect(await running.ended).toMatchObject({ exit: 0 });
  });

  it.each([
    ['C', 'Start a server here', 'Examples'],
    ['fr_FR.UTF-8', 'Démarrer un serveur ici', 'Exemples'],
  ])('has help with examples, with the locale %s', async (LANG, about, examples) => {
    const { exit, stdout } = await somebody.with({ LANG }).run('serve', '--help');
    expect(exit).toBe(0);
    for (const text of [about, examples, '$ opentopup serve --port 9000']) expect(stdout).toContain(text);
  });

  it('stands among the commands for who runs a server', async () => {
    const { stdout } = await somebody.run('--help');
    const places = ['webhooks', 'serve', 'distributor'].map((verb) => stdout.indexOf(`\n  ${verb} `));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });
});
