import { escaped } from '@opentopup/contract/escaped';
import { SEVERITIES } from '../check.ts';
import type { ConformanceWords } from '../words.ts';
import { findingLine, type ToldReport, type ToldResult } from './told.ts';

const STYLE = `
:root{color-scheme:light dark;--line:#8884;--bad:#b42318;--good:#1a7f37}
@media(prefers-color-scheme:dark){:root{--bad:#ff8f85;--good:#6fdc8c}}
body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:0 auto;padding:1rem}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}
.verdict{font-size:1.2rem;font-weight:600}.bad{color:var(--bad)}.good{color:var(--good)}
section{border:1px solid var(--line);border-radius:.5rem;padding:0 1rem;margin:1rem 0}
h3{font-size:1rem;overflow-wrap:anywhere}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.8rem;background:#8881;padding:.5rem;border-radius:.25rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}
td{border-top:1px solid var(--line);padding:.3rem .5rem .3rem 0;vertical-align:top;overflow-wrap:anywhere}
`;

/** Marks what stands between backticks as code. */
const marked = (text: string): string => escaped(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');

function exchangeOf({ request, answer }: ToldResult, { run }: ConformanceWords): string {
  if (!request) return '';
  const linesOf = (headers: Record<string, string>): string[] =>
    Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const asked = [`${request.method} ${request.url}`, ...linesOf(request.headers), '', request.body ?? ''];
  const told = answer ? [String(answer.status), ...linesOf(answer.headers), '', answer.body] : [run.noAnswer];
  const block = (title: string, lines: string[]): string =>
    `<h4>${escaped(title)}</h4><pre>${escaped(lines.join('\n').trim())}</pre>`;
  return block(run.request, asked) + block(run.answer, told);
}

function deviationOf(result: ToldResult, words: ConformanceWords): string {
  const { id, severity, says, findings } = result;
  const { severities, severityMeanings } = words.run;
  const lines = findings.map((each) => `<li>${escaped(findingLine(each, words))}</li>`);
  return `<section><h3>${escaped(id)}</h3>
<p class="bad">${escaped(words.run.of(severities[severity], severityMeanings[severity]))}</p>
<p>${marked(says)}</p><ul>${lines.join('')}</ul>${exchangeOf(result, words)}</section>`;
}

/** Writes a run as a page of its own: no scripts, nothing fetched. */
export function htmlOf(report: ToldReport, words: ConformanceWords): string {
  const { url, date, results, calls, units, passes } = report;
  const { run, language } = words;
  const of = (outcome: string): ToldResult[] => results.filter((each) => each.outcome === outcome);
  const worst = SEVERITIES.flatMap((severity) => of('deviates').filter((each) => each.severity === severity));
  const verdict = passes ? run.passes : run.deviates(worst.length);
  const rows = results.map(({ id, outcome, says, because }) => {
    const sign = { kept: 'good', deviates: 'bad', skipped: '' }[outcome];
    const why = because ? ` (${escaped(because)})` : '';
    return `<tr><td class="${sign}">${run.outcomes[outcome]}</td><td>${escaped(id)}</td><td>${marked(says)}${why}</td></tr>`;
  });
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(`${run.title}, ${url}`)}</title><style>${STYLE}</style></head><body>
<h1>${escaped(run.title)}</h1><p>${escaped(url)}<br>${date}</p>
<p class="verdict ${passes ? 'good' : 'bad'}">${verdict}</p>
<p>${escaped(run.summary(of('kept').length, of('skipped').length, calls, units))}</p>
${worst.map((each) => deviationOf(each, words)).join('\n')}
<table>${rows.join('\n')}</table>
</body></html>
`;
}
