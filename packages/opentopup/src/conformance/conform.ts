import { accessSync, constants, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { EXIT, type ExitCode } from '@opentopup/client/cli/exit-codes';
import { Misuse } from '@opentopup/client/cli/misuse';
import type { Column } from '@opentopup/client/cli/output/column';
import { ProgressLine } from '@opentopup/client/cli/output/live';
import type { CliSession } from '@opentopup/client/cli/session';
import { CONFORMANCE_OPTION_WORDS } from '../conformance-words.ts';
import { CHECKS } from './all-checks.ts';
import { Guest, NoAnswer } from './guest.ts';
import { badgeOf } from './reports/badge.ts';
import { htmlOf } from './reports/html.ts';
import { junitOf } from './reports/junit.ts';
import { findingLine, type ToldReport, type ToldResult, toldReport } from './reports/told.ts';
import { type RunOptions, runChecks } from './run-checks.ts';
import { CONFORMANCE_WORDS, type ConformanceWords } from './words.ts';

/** Files that are written. */
interface Files {
  junit?: string;
  html?: string;
  badge?: string;
}

const WRITERS = { junit: junitOf, html: htmlOf, badge: badgeOf };

const columnsOf = (words: ConformanceWords): Column<ToldResult>[] => [
  { name: 'status', kind: 'status', of: ({ outcome }) => outcome },
  { name: 'operation', kind: 'text', of: ({ operation }) => operation },
  { name: 'rule', kind: 'text', of: ({ rule }) => rule },
  { name: 'severity', kind: 'status', of: ({ outcome, severity }) => (outcome === 'deviates' ? severity : '') },
  {
    name: 'detail',
    kind: 'text',
    of: ({ findings: [first], because }) => (first ? findingLine(first, words) : because),
  },
];

/** Runs all checks that are allowed, tells what they found, and writes it where it is wanted. */
export async function conform(
  session: CliSession,
  options: Omit<RunOptions, 'onProgress'>,
  files: Files,
): Promise<ExitCode> {
  const { io, out } = session;
  const wanted = (['junit', 'html', 'badge'] as const).flatMap((name) => {
    const file = files[name];
    return file === undefined ? [] : [[name, file] as const];
  });
  for (const [, file] of wanted) isWritable(session, file);
  const closed = await knock(session, options);
  if (closed !== null) return closed;
  const words = CONFORMANCE_WORDS[session.locale.language];
  const progress = new ProgressLine(io, out);
  const onProgress = (done: number, id: string): void => progress.draw(`${done + 1}/${CHECKS.length}  ${id}`);
  const report = toldReport(await runChecks(CHECKS, { ...options, onProgress }), words);
  progress.clear();
  for (const [name, file] of wanted) writeFileSync(file, WRITERS[name](report, words));
  await tell(session, report, words);
  return report.passes ? EXIT.ok : EXIT.failed;
}

/** @throws Misuse before anything is asked, where a report could not be written afterwards */
function isWritable({ locale }: CliSession, file: string): void {
  try {
    accessSync(dirname(file), constants.W_OK);
  } catch {
    throw new Misuse(CONFORMANCE_OPTION_WORDS[locale.language].notWritable(file));
  }
}

/** Asks for a token. @returns how the command ends where nobody is there, or lets nobody in */
async function knock({ out, locale }: CliSession, options: Omit<RunOptions, 'onProgress'>): Promise<ExitCode | null> {
  const words = CONFORMANCE_OPTION_WORDS[locale.language];
  try {
    const { status } = await new Guest(options).askToken();
    if (status !== 401 && status !== 403) return null;
    out.warn(words.denied);
    return EXIT.denied;
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    out.warn(words.silent(options.tokenUrl));
    return EXIT.unreachable;
  }
}

async function tell({ out }: CliSession, report: ToldReport, words: ConformanceWords): Promise<void> {
  const { run } = words;
  out.json(report);
  if (out.isJson) return;
  await out.list(report.results, columnsOf(words));
  const of = (outcome: string): ToldResult[] => report.results.filter((each) => each.outcome === outcome);
  const deviations = of('deviates');
  if (out.isTerminal) for (const each of deviations) out.say(`\n${deviationText(each, words)}`);
  if (out.isTerminal) out.say();
  const verdict = report.passes ? run.passes : run.deviates(deviations.length);
  out.note(`${verdict} ${run.summary(of('kept').length, of('skipped').length, report.calls, report.units)}`);
}

/** Lines of an answer that a terminal shows; the files have more of it. */
const ANSWER_LINES = 8;

/** Writes a deviation for people. */
function deviationText(result: ToldResult, words: ConformanceWords): string {
  const { id, severity, says, findings, request, answer } = result;
  const { run } = words;
  const body = answer?.body.split('\n') ?? [];
  const more = body.length > ANSWER_LINES ? ['…'] : [];
  const exchange = request && [
    run.of(run.request, `${request.method} ${request.url}`),
    ...(request.body?.split('\n') ?? []),
    run.of(run.answer, answer ? String(answer.status) : run.noAnswer),
    ...body.slice(0, ANSWER_LINES),
    ...more,
  ];
  return [
    run.of(id, `${run.severities[severity]}, ${run.severityMeanings[severity]}`),
    `  ${run.of(run.says, says)}`,
    ...findings.map((each) => `  ${findingLine(each, words)}`),
    ...(exchange ?? []).map((text) => `    ${text}`),
  ].join('\n');
}
