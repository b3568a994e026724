/** A CPU profile as V8 writes it: nodes of the call tree, and which of them was on top at each sample. */
export interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string }; children?: number[] }[];
  samples: number[];
  timeDeltas: number[];
}

interface Frame {
  name: string;
  url: string;
  /** In microseconds, with all that it calls. */
  time_us: number;
  calls: Map<string, Frame>;
}

const WIDTH = 1_200;
const ROW = 17;
const TOP = 44;
/** Narrower than this, in the width of the picture, a frame is left out. */
const NARROWEST = 2;
/** Average width of a letter. */
const LETTER = 6;
/** What is not work. */
const IDLE = new Set(['(idle)', '(program)']);
/** Longer between two samples, and the process was not running: it had been stopped, or others had the processor. */
const LONGEST_US = 20_000;

/** Tells where a function comes from. */
function originOf(url: string): string {
  const [, library] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  if (library) return library;
  return url.startsWith('node:') ? 'Node.js' : url.replace(/^.*packages\//, '');
}

function colourOf(url: string): string {
  if (url.includes('node_modules/pg') || url.includes('node_modules/.pg')) return '#8fb8de';
  if (url.includes('node_modules/')) return '#e3c48f';
  if (url.startsWith('node:')) return '#c9cdd2';
  return url === '' ? '#dcb0b0' : '#9fd0a5';
}

/**
 * Gives the call tree of everything after a time, frames of the same function taken together.
 * @param after_ms what is before counts as the start of the program
 */
function treeOf({ nodes, samples, timeDeltas }: CpuProfile, after_ms: number): Frame {
  const root: Frame = { name: 'all', url: '', time_us: 0, calls: new Map() };
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const stacks = new Map<number, { name: string; url: string }[]>();
  const stackOf = (id: number): { name: string; url: string }[] => {
    const known = stacks.get(id);
    if (known) return known;
    const { functionName, url } = byId.get(id)?.callFrame ?? { functionName: '(root)', url: '' };
    const parent = parents.get(id);
    const below = parent === undefined ? [] : stackOf(parent);
    const stack = functionName === '(root)' ? below : [...below, { name: functionName || '(anonymous)', url }];
    stacks.set(id, stack);
    return stack;
  };
  let now_us = 0;
  for (const [i, id] of samples.entries()) {
    const took_us = timeDeltas[i] ?? 0;
    now_us += took_us;
    const stack = stackOf(id);
    if (now_us < after_ms * 1_000 || took_us > LONGEST_US || IDLE.has(stack[0]?.name ?? '')) continue;
    let frame = root;
    frame.time_us += took_us;
    for (const { name, url } of stack) {
      const key = `${name} ${url}`;
      let called = frame.calls.get(key);
      if (!called) {
        called = { name, url, time_us: 0, calls: new Map() };
        frame.calls.set(key, called);
      }
      called.time_us += took_us;
      frame = called;
    }
  }
  return root;
}

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Gives a flame graph as SVG, callers above what they call: each frame is as wide as its share of the time. */
export function flameGraph(title: string, profile: CpuProfile, after_ms: number): string {
  const root = treeOf(profile, after_ms);
  const out: string[] = [];
  let deepest = 0;
  const draw = (frame: Frame, left: number, depth: number): void => {
    const width = (frame.time_us / root.time_us) * WIDTH;
    if (width < NARROWEST) return;
    deepest = Math.max(deepest, depth);
    const share = `${((frame.time_us / root.time_us) * 100).toFixed(1)} %`;
    const y = TOP + depth * ROW;
    const label = frame.name.slice(0, Math.max(0, Math.floor((width - 6) / LETTER)));
    out.push(
      `<g><title>${escaped(`${frame.name}${frame.url ? ` (${originOf(frame.url)})` : ''}: ${share}`)}</title>` +
        `<rect x="${left.toFixed(1)}" y="${y}" width="${Math.max(0.5, width - 0.5).toFixed(1)}" height="${ROW - 1}" fill="${colourOf(frame.url)}"/>` +
        `${label.length > 2 ? `<text x="${(left + 3).toFixed(1)}" y="${y + 12}">${escaped(label)}</text>` : ''}</g>`,
    );
    let at = left;
    for (const called of [...frame.calls.values()].toSorted((a, b) => b.time_us - a.time_us)) {
      draw(called, at, depth + 1);
      at += (called.time_us / root.time_us) * WIDTH;
    }
  };
  draw(root, 0, 0);
  const height = TOP + (deepest + 1) * ROW + 8;
  const kinds = [
    ['#9fd0a5', 'ours'],
    ['#e3c48f', 'libraries'],
    ['#8fb8de', 'PostgreSQL client'],
    ['#c9cdd2', 'Node.js'],
    ['#dcb0b0', 'V8 and system'],
  ] as const;
  const legend = kinds.map(
    ([colour, name], i) =>
      `<rect x="${i * 150}" y="24" width="10" height="10" fill="${colour}"/><text x="${i * 150 + 15}" y="33">${name}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="monospace" font-size="10" fill="#222">
<title>${escaped(title)}</title>
<rect width="${WIDTH}" height="${height}" fill="#fff"/>
<text x="0" y="15" font-family="sans-serif" font-size="14" font-weight="bold">${escaped(title)}</text>
${legend.join('\n')}
${out.join('\n')}
</svg>
`;
}
