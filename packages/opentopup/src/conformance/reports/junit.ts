import { escaped } from '@opentopup/contract/escaped';
import type { ConformanceWords } from '../words.ts';
import { findingLine, type ToldReport, type ToldResult } from './told.ts';

function caseOf(result: ToldResult, words: ConformanceWords): string {
  const { operation, rule, outcome, severity, says, because = '', findings, request, answer } = result;
  const head = `    <testcase classname="${escaped(operation)}" name="${escaped(rule)}"`;
  if (outcome === 'kept') return `${head}/>`;
  if (outcome === 'skipped') return `${head}><skipped message="${escaped(because)}"/></testcase>`;
  const lines = findings.map((each) => findingLine(each, words));
  const told = [says, ...lines, JSON.stringify({ request, answer }, null, 2)].join('\n');
  const message = escaped(words.run.of(words.run.severities[severity], lines[0] ?? ''));
  return `${head}><failure type="${severity}" message="${message}">${escaped(told)}</failure></testcase>`;
}

/** Writes a run as JUnit has it, for what shows the results of tests. */
export function junitOf({ results, date, url }: ToldReport, words: ConformanceWords): string {
  const count = (outcome: string): number => results.filter((each) => each.outcome === outcome).length;
  const numbers = `tests="${results.length}" failures="${count('deviates')}" skipped="${count('skipped')}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escaped(words.run.title)}" ${numbers}>`,
    `  <testsuite name="${escaped(url)}" timestamp="${date}" ${numbers}>`,
    ...results.map((each) => caseOf(each, words)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
