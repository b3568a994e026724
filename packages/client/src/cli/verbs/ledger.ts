import type { LedgerReport } from '@opentopup/contract';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { EXIT } from '../exit-codes.ts';
import type { Column } from '../output/column.ts';
import { ProgressLine } from '../output/live.ts';
import type { CliSession } from '../session.ts';
import { withExamples } from './verb.ts';

const REPORT_FIELDS: Column<LedgerReport>[] = [
  { name: 'date', kind: 'date', of: ({ date }) => date },
  { name: 'buckets', kind: 'count', of: ({ buckets }) => buckets },
  { name: 'movements', kind: 'count', of: ({ movements }) => movements },
  { name: 'transactions', kind: 'count', of: ({ transactions }) => transactions },
  { name: 'granted', kind: 'count', of: ({ sums }) => sums.granted },
  { name: 'available', kind: 'count', of: ({ sums }) => sums.available },
  { name: 'held', kind: 'count', of: ({ sums }) => sums.held },
  { name: 'sold', kind: 'count', of: ({ sums }) => sums.sold },
];

type Fault = LedgerReport['faults'][number];
const FAULT_COLUMNS: Column<Fault>[] = [
  { name: 'fault', kind: 'text', of: ({ kind }) => kind },
  { name: 'detail', kind: 'text', of: ({ detail }) => detail },
  { name: 'movement', kind: 'count', of: ({ seq }) => seq },
  { name: 'offer_id', kind: 'id', of: ({ offer_id }) => offer_id },
  { name: 'transaction_id', kind: 'id', of: ({ transaction_id }) => transaction_id },
];

/** Tells how far the proof is until its report comes. Who interrupts it has stopped it. */
async function followed(session: CliSession, offer: string | undefined): Promise<LedgerReport> {
  const { io, out, t, locale } = session;
  const line = new ProgressLine(io, out);
  try {
    for await (const step of session.operator().followVerification(offer, session)) {
      if (step.type === 'report') return step.report;
      line.draw(t.ledger.progress(locale.number(step.movements), locale.number(step.of)));
    }
  } finally {
    line.clear();
  }
  throw new Error('a proof has ended without its report');
}

/** Defines `ledger`: the proof that every unit is accounted for. */
export function defineLedger(program: Command, cli: Cli): void {
  const { t } = cli;
  const ledger = program.command('ledger').description(t.ledger.about);
  const verify = ledger
    .command('verify')
    .description(t.ledger.verify)
    .option('--offer <id>', t.ledger.offer)
    .action(
      cli.run(async (session, { offer }: { offer?: string }) => {
        const { out } = session;
        const report = await followed(session, offer);
        const verdict = report.verified
          ? out.style('green', `✔ ${t.ledger.proven}`)
          : out.style('red', `✘ ${t.ledger.notProven}`);
        if (out.isTerminal) out.say(verdict);
        out.record(report, REPORT_FIELDS);
        if (!out.isJson && report.faults.length > 0) {
          out.say();
          await out.list(report.faults, FAULT_COLUMNS);
        }
        return report.verified ? EXIT.ok : EXIT.failed;
      }),
    );
  withExamples(verify, cli, 'opentopup ledger verify');
}
