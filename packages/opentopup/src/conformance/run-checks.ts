import { Absence, type Check, Deviation, type Permission, type Severity } from './check.ts';
import type { Finding } from './finding.ts';
import { BudgetSpent, Guest, type GuestOptions, NoAnswer, type Seen, type SentRequest } from './guest.ts';
import type { AbsenceName } from './messages/en.ts';
import { type Wares, Workbench } from './workbench.ts';

/** Why a check says nothing. */
export type SkipReason = AbsenceName | Permission | 'spent';

/** What a check has found. */
export interface CheckResult {
  /** Its operation and rule. */
  id: string;
  check: Check;
  outcome: 'kept' | 'deviates' | 'skipped';
  findings: readonly Finding[];
  skipped?: SkipReason;
  /** The last request, and its answer where there was one. */
  asked?: SentRequest;
  seen?: Seen;
}

/** What a whole run has found. */
export interface ConformanceReport {
  url: string;
  date: Date;
  results: readonly CheckResult[];
  calls: number;
  units: number;
}

export interface RunOptions extends GuestOptions {
  permissions: ReadonlySet<Permission>;
  wares: Wares;
  onProgress: (done: number, id: string) => void;
}

const idOf = ({ operation, rule }: Check): string => `${operation}/${rule}`;

/** What was asked last, where a check found something by itself. */
function lastOf({ last }: Guest): Pick<CheckResult, 'asked' | 'seen'> {
  if (last === null) return {};
  return 'asked' in last ? { asked: last.asked, seen: last } : { asked: last };
}

async function runOnce(check: Check, bench: Workbench): Promise<CheckResult> {
  const result = { id: idOf(check), check, findings: [] };
  try {
    await check.run(bench);
    return { ...result, outcome: 'kept' };
  } catch (error) {
    if (error instanceof Absence) return { ...result, outcome: 'skipped', skipped: error.of };
    if (error instanceof BudgetSpent) return { ...result, outcome: 'skipped', skipped: 'spent' };
    const { guest } = bench;
    if (error instanceof Deviation)
      return { ...result, outcome: 'deviates', findings: error.findings, ...lastOf(guest) };
    guest.options.signal.throwIfAborted();
    // A stranger's answer may be of any form: what a check stumbles over is one that it should not have.
    const { cause } = error as { cause?: Error };
    const found = error instanceof NoAnswer ? (cause?.name ?? 'NoAnswer') : String(error);
    return {
      ...result,
      outcome: 'deviates',
      findings: [{ what: 'answer', expected: 'whole', found }],
      ...lastOf(guest),
    };
  }
}

/** Looks once more at what only reads: others may have changed what was looked at. */
async function runCheck(check: Check, bench: Workbench): Promise<CheckResult> {
  const result = await runOnce(check, bench);
  return result.outcome === 'deviates' && !check.needs ? runOnce(check, bench) : result;
}

/** Runs checks against a server, one after the other. */
export async function runChecks(checks: readonly Check[], options: RunOptions): Promise<ConformanceReport> {
  const guest = new Guest(options);
  const bench = new Workbench(guest, options.wares);
  const results: CheckResult[] = [];
  for (const check of checks) {
    const id = idOf(check);
    options.onProgress(results.length, id);
    const { needs } = check;
    const skipped = needs && !options.permissions.has(needs) ? needs : guest.isLetIn ? undefined : 'token';
    if (skipped) results.push({ id, check, outcome: 'skipped', skipped, findings: [] });
    else results.push(await runCheck(check, bench));
  }
  return { url: options.baseUrl, date: new Date(), results, calls: guest.calls, units: bench.units };
}

/** Counts results by severity of what deviates. */
export function deviationsOf({ results }: ConformanceReport, severity?: Severity): CheckResult[] {
  return results.filter(({ outcome, check }) => outcome === 'deviates' && (!severity || check.severity === severity));
}
