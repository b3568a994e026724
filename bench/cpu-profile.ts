/** A CPU profile as V8 writes it: functions of the call tree, and which of them was on top at each sample. */
export interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string } }[];
  samples: number[];
  timeDeltas: number[];
}

/** How much of the time was spent in one place itself, without what it calls. */
export interface Spent {
  place: string;
  time_us: number;
}

/** What is not work. */
const IDLE = new Set(['(idle)', '(program)', '(root)']);
/** Longer between two samples, and the process was not running: it had been stopped, or others had the processor. */
const LONGEST_US = 20_000;

/** Tells which module, library or part of Node.js a function is of. */
function placeOf({ functionName, url }: CpuProfile['nodes'][number]['callFrame']): string {
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (url === '') return functionName.startsWith('write') ? 'system: writing to sockets' : 'JavaScript engine';
  const [, library] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  if (library) return library;
  const [, part] = /^node:(?:internal\/)?_?(http(?!s)|\w+)/.exec(url) ?? [];
  if (part) return `Node.js: ${part}`;
  const [, own] = /packages\/(.*)\/[^/]+$/.exec(url) ?? [];
  return own?.replace('server/src/', '') ?? url;
}

/**
 * Adds up where the time went, most first.
 * @param after_ms what is before counts as the start of the program
 * @param byFunction each function of a place for itself
 */
export function spentIn({ nodes, samples, timeDeltas }: CpuProfile, after_ms: number, byFunction: boolean): Spent[] {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const spent = new Map<string, number>();
  let now_us = 0;
  for (const [i, id] of samples.entries()) {
    const took_us = timeDeltas[i] ?? 0;
    now_us += took_us;
    const frame = frames.get(id);
    if (!frame || now_us < after_ms * 1_000 || took_us > LONGEST_US || IDLE.has(frame.functionName)) continue;
    const place = placeOf(frame);
    const key = byFunction ? `${frame.functionName || '(anonymous)'} (${place})` : place;
    spent.set(key, (spent.get(key) ?? 0) + took_us);
  }
  return [...spent].map(([place, time_us]) => ({ place, time_us })).toSorted((a, b) => b.time_us - a.time_us);
}
