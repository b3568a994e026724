import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { inject } from 'vitest';

const PROGRAM = join(import.meta.dirname, '../../../server/start.js');

/** A client's id and secret. */
interface Access {
  clientId: string;
  clientSecret: string;
}

/** An OpenTopup with its demo: a process of its own. */
export interface DemoProgram {
  baseUrl: string;
  adminToken: string;
  shop: Access;
  sandbox: Access;
  /** An account that may sell. */
  seller: { email: string; password: string };
  /** The id of the demo's offer of this kind. */
  offer: (kind: string) => string;
  stop: () => Promise<void>;
}

interface Demo {
  client_id: string;
  client_secret: string;
  offers: { kind: string; id: string }[];
  sandbox: { client_id: string; client_secret: string };
  console: { seller: DemoProgram['seller'] };
}

const accessOf = ({ client_id, client_secret }: Demo['sandbox']): Access => ({
  clientId: client_id,
  clientSecret: client_secret,
});

/** Starts the program on a copy of the demo, and waits until it says that it is ready. */
export async function startDemoProgram(env: Record<string, string> = {}): Promise<DemoProgram> {
  const copy = await fetch(new URL('demoCopy', inject('fixturesUrl')));
  const place = (await copy.json()) as { demo: Demo; env: { ADMIN_TOKEN: string } };
  const inherited = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
  const child = spawn(process.execPath, [PROGRAM], {
    env: { ...inherited, PORT: '0', ...place.env, ...env },
    stdio: 'pipe',
  });
  const ended = once(child, 'exit');
  let output = '';
  const ready = new Promise<string>((resolve) => {
    const listen = (chunk: Buffer): void => {
      output += chunk;
      const baseUrl = /is ready at (\S+)/.exec(output)?.[1];
      if (baseUrl) resolve(baseUrl);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
  });
  const baseUrl = await Promise.race([ready, ended.then(() => '')]);
  if (!baseUrl) throw new Error(output);
  const { demo } = place;
  return {
    baseUrl,
    adminToken: place.env.ADMIN_TOKEN,
    shop: accessOf(demo),
    sandbox: accessOf(demo.sandbox),
    seller: demo.console.seller,
    offer: (kind) => {
      const found = demo.offers.find((offer) => offer.kind === kind);
      if (!found) throw new Error(`the demo has no offer of kind ${kind}`);
      return found.id;
    },
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
