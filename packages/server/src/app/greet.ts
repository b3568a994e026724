import cluster from 'node:cluster';
import { join } from 'node:path';
import { offerFirstAccount } from '../access/accounts/links.ts';
import type { Settings } from '../config.ts';
import type { Context } from '../context.ts';
import { type DemoFile, writeDemoFile } from './demo-file.ts';
import { databaseOf, welcome, welcomeToDemo, welcomeToFirstAccount } from './welcome.ts';

/** Tells on the terminal that the server is up, and how to begin. */
export async function greet(
  ctx: Context,
  settings: Settings,
  version: string,
  baseUrl: string,
  demo: DemoFile | null,
): Promise<void> {
  // Of several workers the first one speaks.
  const speaks = !cluster.isWorker || cluster.worker?.id === 1;
  const people = Object.values(demo?.console ?? {}).map(({ email }) => email);
  const link = speaks ? await offerFirstAccount(ctx, people) : null;
  const toFirst = link ? welcomeToFirstAccount(link, demo !== null) : '';
  if (cluster.isWorker) {
    process.stdout.write(toFirst);
    return;
  }
  if (demo) writeDemoFile(settings.DATA_DIR, demo);
  const lines = demo ? welcomeToDemo(demo, join(settings.DATA_DIR, 'demo.json')) : '';
  process.stdout.write(welcome(version, baseUrl, databaseOf(settings)) + lines + toFirst);
}
