import type { Flow } from '../flows/flow.ts';
import { reportMismatch } from '../flows/report-mismatch.ts';
import { verifyLedger } from '../flows/verify-ledger.ts';
import { takeTurn } from '../store/job-turns.ts';
import type { Job } from './runner.ts';

const LOOK_EVERY_MS = 10 * 60_000;
const ONCE_IN_MS = 24 * 60 * 60_000;

/** Proves the whole ledger once a day, in one of the processes. */
export const verifyLedgerJob = (flow: Flow): Job => ({
  name: 'verify-ledger',
  every_ms: LOOK_EVERY_MS,
  run: async () => {
    if (!(await takeTurn(flow.store.db, 'verify-ledger', ONCE_IN_MS, flow.now()))) return;
    const report = await verifyLedger(flow);
    if (!report.verified) await reportMismatch(flow, report);
  },
});
