import { escaped } from '@opentopup/contract/escaped';
import type { ConformanceWords } from '../words.ts';
import type { ToldReport } from './told.ts';

/** Of a letter, on average, and beside a text. */
const LETTER = 6.6;
const MARGIN = 8;

/** Draws a badge: the description, and whether it is kept. */
export function badgeOf({ passes, results }: ToldReport, { run }: ConformanceWords): string {
  const count = results.filter(({ outcome }) => outcome === 'deviates').length;
  const { label, passing } = run.badge;
  const said = passes ? passing : run.deviates(count).replace('.', '');
  const widthOf = (text: string): number => Math.round(text.length * LETTER + 2 * MARGIN);
  const [left, right] = [widthOf(label), widthOf(said)];
  const text = (x: number, words: string): string => `<text x="${x}" y="14">${escaped(words)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${escaped(`${label}: ${said}`)}">`,
    `<rect width="${left + right}" height="20" rx="3" fill="#444"/>`,
    `<path d="M${left} 0h${right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-${right - 3}z" fill="${passes ? '#1a7f37' : '#b42318'}"/>`,
    '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">',
    text(left / 2, label),
    text(left + right / 2, said),
    '</g></svg>',
    '',
  ].join('\n');
}
