import { join } from 'node:path';
import { startServerProcess } from './program.ts';
import type { Side } from './side.ts';

const FLOOR = join(import.meta.dirname, '../floor/server.ts');

/** As long as those of our server. */
const TOKEN = 'x'.repeat(450);

/** Starts the bare server, which takes any order. */
export async function startFloor(): Promise<Side> {
  const server = await startServerProcess({ entry: FLOOR, env: {} });
  const hot = [{ token: TOKEN, offer_id: '01a20d0a-a88a-7427-b76b-a9142b9d9597' }];
  return { name: 'floor', server, postgres: null, hot, wide: hot };
}
