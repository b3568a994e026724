import { randomBytes } from 'node:crypto';
import { secretDigest } from '../access/credentials/client-secret.ts';
import type { Db } from '../database/database.ts';
import { hasDistributors } from '../distributors/distributors.query.ts';
import { type DemoFile, readDemoFile, writeDemoFile } from './demo-file.ts';
import { makeDemo, planDemo } from './make-demo.ts';

/** Makes the demo on the first start, finds it again later. Null when its file is gone and so are its secrets. */
export async function openDemo(db: Db, folder: string): Promise<DemoFile | null> {
  const known = readDemoFile(folder);
  if (await hasDistributors(db)) return known;
  const demo = planDemo();
  const file = { base_url: '', admin_token: randomBytes(24).toString('base64url'), ...demo };
  // First the file, then the database: a start cut off between the two begins again.
  writeDemoFile(folder, file);
  await db.transaction((tx) => makeDemo(tx, demo, secretDigest, new Date()));
  return file;
}
