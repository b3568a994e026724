import { CommandLine } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

let somebody: CommandLine;
beforeAll(async () => {
  somebody = await CommandLine.create();
});
afterAll(() => somebody.remove());

describe('simulate', () => {
  it('becomes the supplier, tells a shell how to reach it, and ends in order when it is told to', async () => {
    const running = somebody.start('simulate', 'dtone');
    await vi.waitFor(() => expect(running.written()).toContain('CONTROL_URL='), { timeout: 60_000, interval: 20 });
    const [, base = ''] = /^SIMULATOR_BASE_URL=(http:\/\/127\.0\.0\.1:\d+\/v1)$/m.exec(running.written()) ?? [];
    expect((await fetch(`${base}/balances`)).status).toBe(401);
    const second = await somebody.run('simulate', 'dtone', '--port', new URL(base).port);
    expect(second).toMatchObject({ exit: 1, stdout: '', stderr: expect.stringContaining('EADDRINUSE') });
    running.child.kill('SIGTERM');
    expect(await running.ended).toMatchObject({ exit: 0, stderr: '' });
  });

  it('says whom it can play where it is asked for somebody else', async () => {
    const { exit, stderr } = await somebody.run('simulate', 'nobody');
    expect(exit).toBe(2);
    expect(stderr).toContain('dtone');
  });

  it.each([
    ['C', 'Play a supplier here', 'Examples'],
    ['fr_FR.UTF-8', 'Simuler ici un fournisseur', 'Exemples'],
  ])('has help with examples, with the locale %s', async (LANG, about, examples) => {
    const { exit, stdout } = await somebody.with({ LANG }).run('simulate', '--help');
    expect(exit).toBe(0);
    for (const text of [about, examples, '$ opentopup simulate dtone --port 9100']) expect(stdout).toContain(text);
  });
});
