import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runTool } from './tool.ts';

const UNIT = join(import.meta.dirname, '../../../../deploy/systemd/opentopup.service');

let folder: string;
let unit: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opentopup-systemd-'));
  unit = join(folder, 'opentopup.service');
  // The program has to be there.
  await writeFile(unit, (await readFile(UNIT, 'utf8')).replace('/usr/local/bin/opentopup', '/bin/true'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('the unit of systemd is understood, every line of it', async () => {
  expect(await runTool('systemd-analyze', ['verify', '--man=no', unit])).toBe('');
});

it('a service may do little beside what it needs: systemd calls its exposure 2.0 at most', async () => {
  const said = await runTool('systemd-analyze', ['security', '--offline=true', '--no-pager', unit]);
  expect(Number(/Overall exposure level.*: ([\d.]+)/.exec(said)?.[1])).toBeLessThanOrEqual(2);
});
