import { isDeepStrictEqual } from 'node:util';
import type { Finding } from './finding.ts';
import type { Seen } from './guest.ts';
import type { AbsenceName, RuleName } from './messages/en.ts';
import { findingsInAnswer, findingsInRefusal } from './published.ts';
import type { Workbench } from './workbench.ts';

/** How much a deviation matters: sales, money or secrets are at stake; a client as described fails; it can live with it. */
export const SEVERITIES = ['critical', 'major', 'minor'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What a run has to be allowed for a check: selling and changing offers, replacing the key, using up the limit of tokens. */
export type Permission = 'sell' | 'replace_key' | 'limits';

/** One thing that the description says, and how it is looked at. */
export interface Check {
  /** The operation by its name in the description. */
  operation: string;
  /** What it says: the name of a sentence. */
  rule: RuleName;
  severity: Severity;
  needs?: Permission;
  /** @throws Deviation, Absence */
  run: (bench: Workbench) => Promise<void>;
}

/** What a server does is not what is described. */
export class Deviation extends Error {
  override readonly name = 'Deviation';
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super('deviates');
    this.findings = findings;
  }
}

/** There is nothing at this server to look at. */
export class Absence extends Error {
  override readonly name = 'Absence';
  readonly of: AbsenceName;

  constructor(of: AbsenceName) {
    super(of);
    this.of = of;
  }
}

/** Gives a value; without one there is nothing to look at. */
export function there<T>(value: T | undefined, of: AbsenceName): T {
  if (value === undefined) throw new Absence(of);
  return value;
}

const written = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');

/** Complains unless a value is the expected one. */
export function same(what: string, expected: unknown, found: unknown): void {
  if (!isDeepStrictEqual(expected, found)) {
    throw new Deviation([{ what, expected: written(expected), found: written(found).slice(0, 200) }]);
  }
}

/** Complains unless a condition holds. */
export function holds(isSo: boolean, what: string, expected: string, found: unknown): void {
  if (!isSo) throw new Deviation([{ what, expected, found: written(found).slice(0, 200) }]);
}

function noFaults(findings: readonly Finding[]): void {
  if (findings.length > 0) throw new Deviation(findings);
}

function isJson({ headers }: Seen): void {
  const type = headers.get('content-type') ?? '';
  holds(/^application\/json\b/.test(type), 'content-type', 'application/json', type);
}

/** Gives the body of an answer that has the status and the form of the description. */
// biome-ignore lint/suspicious/noExplicitAny: what a stranger answers; its form was looked at.
export function answered(operation: string, seen: Seen, status = 200): any {
  same('status', status, seen.status);
  isJson(seen);
  noFaults(findingsInAnswer(operation, status, seen.body));
  return seen.body;
}

/** Complains unless it was refused with this status, code and, to the letter, description. */
export function refusedWith(seen: Seen, status: number, code: number, description?: string): void {
  same('status', status, seen.status);
  isJson(seen);
  noFaults(findingsInRefusal(seen.body));
  same('/code', code, seen.body.code);
  if (description !== undefined) same('/description', description, seen.body.description);
}

/** Gives the one thing that was answered, in a list of one or alone. */
export const oneOfAnswer = <T>(body: T | T[]): T => (Array.isArray(body) ? (body[0] as T) : body);
