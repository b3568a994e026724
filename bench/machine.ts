import { closeSync, fdatasyncSync, openSync, statfsSync, writeSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { median } from './ratio.ts';

/** Where the figures come from. */
export interface Machine {
  cpu: string;
  cores: number;
  memory_gb: number;
  system: string;
  node: string;
  /** How long the disk takes to keep 8 kB for good. */
  flush_ms: number;
  /** Processes that wanted to run in the minute before the bench, on average. */
  load: number;
}

const TMPFS = 0x01021994;
const FLUSHES = 100;
const PAGE = 8_192;

/** Folders that live in memory: what is flushed there costs nothing and lasts nothing. */
export const isInMemory = (folder: string): boolean => statfsSync(folder).type === TMPFS;

function flushMs(folder: string): number {
  const file = openSync(join(folder, 'flush'), 'w');
  try {
    const page = Buffer.alloc(PAGE, 1);
    const times = Array.from({ length: FLUSHES }, (_, i) => {
      const from = performance.now();
      writeSync(file, page, 0, PAGE, (i % 10) * PAGE);
      fdatasyncSync(file);
      return performance.now() - from;
    });
    return median(times);
  } finally {
    closeSync(file);
  }
}

/** @param folder on the disk that the databases use */
export function describeMachine(folder: string): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memory_gb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()}`,
    node: process.version,
    flush_ms: Number(flushMs(folder).toFixed(3)),
    load: loadavg()[0] ?? 0,
  };
}
