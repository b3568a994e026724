/** One line of a panel. */
export interface ChartLine {
  name: string;
  colour: string;
  /** From left to right: connections, value. */
  points: readonly (readonly [number, number])[];
}

export interface Panel {
  title: string;
  lines: readonly ChartLine[];
}

const WIDTH = 460;
const HEIGHT = 320;
const EDGE = { left: 64, right: 20, top: 56, bottom: 48 };
const INNER = { width: WIDTH - EDGE.left - EDGE.right, height: HEIGHT - EDGE.top - EDGE.bottom };

/** Gives the powers of ten around all values. */
function decades(values: readonly number[]): [number, number] {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.ceil(Math.log10(Math.max(...values)));
  return [low, Math.max(high, low + 1)];
}

const text = (x: number, y: number, anchor: 'start' | 'middle' | 'end', content: string, more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}"${more}>${content}</text>`;
const stroke = (from: [number, number], to: [number, number], colour: string): string =>
  `<path d="M${from.map((n) => n.toFixed(1)).join(' ')}L${to.map((n) => n.toFixed(1)).join(' ')}" stroke="${colour}" fill="none"/>`;

function drawPanel({ title, lines }: Panel, left: number): string {
  const connections = lines.flatMap(({ points }) => points.map(([x]) => x));
  const [low, high] = decades(lines.flatMap(({ points }) => points.map(([, y]) => y)));
  const lastDoubling = Math.max(1, Math.log2(Math.max(...connections)));
  const x = (value: number): number => left + EDGE.left + (Math.log2(value) / lastDoubling) * INNER.width;
  const y = (value: number): number =>
    EDGE.top + INNER.height - ((Math.log10(value) - low) / (high - low)) * INNER.height;
  const [right, bottom] = [left + WIDTH - EDGE.right, EDGE.top + INNER.height];

  const out = [text(left + EDGE.left, 24, 'start', title, ' font-weight="bold" font-size="14"')];
  for (let decade = low; decade <= high; decade += 1) {
    const value = 10 ** decade;
    out.push(stroke([left + EDGE.left, y(value)], [right, y(value)], '#bbb'));
    out.push(text(left + EDGE.left - 8, y(value) + 4, 'end', value.toLocaleString('en')));
    if (decade === high) break;
    for (let times = 2; times <= 9; times += 1) {
      out.push(stroke([left + EDGE.left, y(value * times)], [right, y(value * times)], '#eee'));
    }
  }
  for (const value of new Set(connections)) {
    out.push(stroke([x(value), bottom], [x(value), bottom + 5], '#888'));
    out.push(text(x(value), bottom + 18, 'middle', value.toLocaleString('en')));
  }
  out.push(text(left + EDGE.left + INNER.width / 2, HEIGHT - 8, 'middle', 'connections'));
  for (const [i, { name, colour, points }] of lines.entries()) {
    const path = points.map(([px, py]) => `${x(px).toFixed(1)} ${y(py).toFixed(1)}`).join('L');
    out.push(`<path d="M${path}" stroke="${colour}" stroke-width="2" fill="none"/>`);
    for (const [px, py] of points) {
      out.push(`<circle cx="${x(px).toFixed(1)}" cy="${y(py).toFixed(1)}" r="3" fill="${colour}"/>`);
    }
    out.push(text(left + EDGE.left + i * 100, 44, 'start', `● ${name}`, ` fill="${colour}"`));
  }
  return out.join('\n');
}

/** Panels beside each other, both axes logarithmic, as SVG. */
export function chart(title: string, panels: readonly Panel[]): string {
  const width = WIDTH * panels.length;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${HEIGHT}" width="${width}" height="${HEIGHT}" font-family="sans-serif" font-size="11" fill="#333">
<title>${title}</title>
<rect width="${width}" height="${HEIGHT}" fill="#fff"/>
${panels.map((panel, i) => drawPanel(panel, i * WIDTH)).join('\n')}
</svg>
`;
}
