import { escaped } from '@opentopup/contract/escaped';
/** Bars side by side over days: what was, and what would have been. */
export interface BarPanel {
  title: string;
  series: readonly { name: string; values: readonly number[] }[];
  write: (value: number) => string;
}

const [WIDTH, PANEL, EDGE, HEAD, FOOT] = [960, 260, 70, 46, 26] as const;
const INKS = ['#555555', '#e8710a'] as const;

/** Draws panels of bars below each other, as an SVG file that needs nothing else. */
export function svgBars(days: readonly string[], panels: readonly BarPanel[], note: string): string {
  const height = PANEL * panels.length + FOOT;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    ...panels.flatMap((panel, i) => drawn(days, panel, i * PANEL)),
    `<text x="${EDGE}" y="${height - 8}" fill="#555555">${escaped(note)}</text>`,
    '</svg>',
    '',
  ].join('\n');
}

function drawn(days: readonly string[], { title, series, write }: BarPanel, top: number): string[] {
  const most = Math.max(...series.flatMap(({ values }) => values), 0) || 1;
  const [foot, room] = [top + PANEL - FOOT, PANEL - HEAD - FOOT];
  const step = (WIDTH - 2 * EDGE) / Math.max(days.length, 1);
  const wide = (step * 0.8) / series.length;
  const bars = series.flatMap(({ name, values }, which) =>
    values.map((value, day) => {
      const high = (value / most) * room;
      const place = `x="${(EDGE + day * step + which * wide).toFixed(1)}" y="${(foot - high).toFixed(1)}"`;
      const told = escaped(`${days[day] ?? ''}, ${name}: ${write(value)}`);
      return `<rect ${place} width="${wide.toFixed(1)}" height="${high.toFixed(1)}" fill="${INKS[which]}"><title>${told}</title></rect>`;
    }),
  );
  const legend = series.map(
    ({ name }, which) =>
      `<text x="${EDGE + 220 + which * 160}" y="${top + 24}" fill="${INKS[which]}">■ ${escaped(name)}</text>`,
  );
  const every = Math.max(1, Math.ceil(days.length / 8));
  const dates = days.flatMap((day, i) =>
    i % every === 0
      ? [`<text x="${(EDGE + i * step).toFixed(1)}" y="${foot + 16}" fill="#555555">${escaped(day)}</text>`]
      : [],
  );
  return [
    `<text x="${EDGE}" y="${top + 24}" font-weight="bold">${escaped(title)}</text>`,
    ...legend,
    `<text x="${EDGE - 6}" y="${foot - room + 4}" text-anchor="end" fill="#555555">${escaped(write(most))}</text>`,
    `<line x1="${EDGE}" y1="${foot}" x2="${WIDTH - EDGE}" y2="${foot}" stroke="#999999"/>`,
    ...bars,
    ...dates,
  ];
}
