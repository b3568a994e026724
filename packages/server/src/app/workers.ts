import cluster, { type Worker } from 'node:cluster';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A worker that ends by itself is replaced, after a pause so that one that cannot start does not keep the machine busy. */
const REPLACE_AFTER_MS = 1_000;

/**
 * Serves with several processes that share one port, and ends when they have ended.
 * @param onReady told once, with the address at which they answer
 * @returns the exit code
 */
export async function runWorkers(count: number, onReady: (address: AddressInfo) => void): Promise<number> {
  let stopping = false;
  let failed = false;
  let begun = 0;

  const replace = async (worker: Worker, code: number, signal: string): Promise<void> => {
    // A worker that never listened cannot start; its own words say why.
    if (begun === 0) failed = true;
    if (stopping || failed) {
      // One that was still starting knows no orderly end yet.
      failed ||= code !== 0 && signal !== 'SIGTERM';
      return;
    }
    process.stderr.write(`Worker ${worker.process.pid} ended (${signal || code}); another one takes its place.\n`);
    await sleep(REPLACE_AFTER_MS);
    if (!stopping) cluster.fork();
  };
  let told = false;
  const stop = (): void => {
    // A second signal would end them before they are done.
    if (told) return;
    told = true;
    stopping = true;
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGTERM');
  };
  process.on('SIGTERM', stop);
  // With Ctrl+C the workers get the signal as well.
  process.on('SIGINT', () => (stopping = true));

  const ended = new Promise<void>((resolve) => {
    cluster.on('exit', (worker, code, signal) => {
      void replace(worker, code, signal).then(() => {
        if (Object.keys(cluster.workers ?? {}).length === 0) resolve();
      });
    });
  });
  cluster.on('listening', (_worker, address) => {
    begun += 1;
    if (begun === count) onReady({ address: address.address, port: address.port, family: '' });
  });
  for (let i = 0; i < count; i += 1) cluster.fork();
  await ended;
  return failed ? 1 : 0;
}
