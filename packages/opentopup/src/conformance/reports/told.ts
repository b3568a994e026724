import type { Finding } from '../finding.ts';
import { redactBody, redactHeaders, redactPath } from '../redact.ts';
import { type CheckResult, type ConformanceReport, deviationsOf } from '../run-checks.ts';
import { type ConformanceWords, skipWords } from '../words.ts';

/** The result of a check as reports have it: nothing in it is secret, or of a customer. */
export interface ToldResult {
  id: string;
  operation: string;
  rule: string;
  severity: CheckResult['check']['severity'];
  outcome: CheckResult['outcome'];
  /** What the description says. */
  says: string;
  /** Why it was not looked at. */
  because?: string;
  findings: readonly Finding[];
  request?: { method: string; url: string; headers: Record<string, string>; body?: string };
  answer?: { status: number; headers: Record<string, string>; body: string } | null;
}

/** A run as reports have it. */
export interface ToldReport {
  url: string;
  date: string;
  passes: boolean;
  calls: number;
  units: number;
  results: ToldResult[];
}

/** Headers of an answer that say something about it. */
const SAID = ['content-type', 'retry-after', 'www-authenticate', 'x-request-id'];

function headersOf(headers: Headers): Record<string, string> {
  return Object.fromEntries(SAID.flatMap((name) => (headers.has(name) ? [[name, headers.get(name) ?? '']] : [])));
}

function toldResult(result: CheckResult, words: ConformanceWords): ToldResult {
  const { id, check, outcome, findings, skipped, asked, seen } = result;
  const { operation, rule, severity } = check;
  return {
    id,
    operation,
    rule,
    severity,
    outcome,
    says: words.rules[rule],
    ...(skipped && { because: skipWords(words, skipped) }),
    findings,
    ...(asked && {
      request: {
        method: asked.method,
        url: redactPath(asked.url),
        headers: redactHeaders(asked.headers),
        ...(asked.body !== undefined && { body: redactBody(asked.body) }),
      },
      answer: seen ? { status: seen.status, headers: headersOf(seen.headers), body: redactBody(seen.text) } : null,
    }),
  };
}

/** Gives a run as reports have it. */
export function toldReport(report: ConformanceReport, words: ConformanceWords): ToldReport {
  const { url, date, calls, units, results } = report;
  return {
    url,
    date: date.toISOString(),
    passes: deviationsOf(report).length === 0,
    calls,
    units,
    results: results.map((each) => toldResult(each, words)),
  };
}

/** Writes a difference in a line. */
export const findingLine = ({ what, expected, found }: Finding, { run }: ConformanceWords): string =>
  run.of(what, `${run.expected} ${expected}, ${run.found} ${found}`);
