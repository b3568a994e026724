import { backtest } from './backtest.ts';
import { histories } from './histories.ts';

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** Shows how good forecasts were, a row for each kind of history, as Markdown. */
export function table(): string[] {
  const head = ['history', 'what', 'forecasts', 'error', 'plain error', 'within', 'earlier', 'later', 'width'];
  const rows = histories().map(({ name, what, of }) => {
    const { asked, error, plainError, within, earlier, later, width } = backtest(of);
    return [`\`${name}\``, what, String(asked), ...[error, plainError, within, earlier, later, width].map(percent)];
  });
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}
