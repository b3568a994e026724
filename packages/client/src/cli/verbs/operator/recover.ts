import { setTimeout as sleep } from 'node:timers/promises';
import type { Recovery } from '@opentopup/contract';
import type { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import { Misuse } from '../../misuse.ts';
import type { Column } from '../../output/column.ts';
import type { CliSession } from '../../session.ts';
import { withExamples } from '../verb.ts';

const POLL_MS = 1_000;

const FIELDS: Column<Recovery>[] = [
  { name: 'begin_date', kind: 'date', of: ({ since }) => since },
  { name: 'status', kind: 'status', of: ({ status }) => status },
  { name: 'one_offer', kind: 'count', of: ({ lost }) => lost.one_offer },
  { name: 'several_offers', kind: 'count', of: ({ lost }) => lost.several_offers },
  { name: 'no_offer', kind: 'count', of: ({ lost }) => lost.no_offer },
  { name: 'booked', kind: 'count', of: ({ booked }) => booked },
];
const SUPPLIER_COLUMNS: Column<Recovery['suppliers'][number]>[] = [
  { name: 'supplier_name', kind: 'text', of: ({ supplier_name }) => supplier_name },
  { name: 'status', kind: 'status', of: ({ status }) => status },
  { name: 'listed_from', kind: 'date', of: ({ listed_from }) => listed_from },
  { name: 'listed_before', kind: 'date', of: ({ listed_before }) => listed_before },
  { name: 'detail', kind: 'text', of: ({ cause }) => cause },
];

interface RecoverOptions {
  since?: string;
  book?: true;
  end?: true;
  justification?: string;
}

/** Defines `recover`: what is done after a restore. */
export function defineRecover(program: Command, cli: Cli): void {
  const { t } = cli;
  const recover = program
    .command('recover')
    .description(t.recover.about)
    .option('--since <date>', t.recover.since)
    .option('--book', t.recover.book)
    .option('--end', t.recover.end)
    .option('--justification <text>', t.options.justification)
    .action(
      cli.run(async (session, { since, book, end, justification }: RecoverOptions) => {
        const { recovery } = session.operator();
        if (since !== undefined) await recovery.begin({ since: new Date(since).toISOString() }, session);
        await untilSearched(session);
        if (book) await bookAll(session);
        if (!end) return tell(session, await recovery.get(session));
        if (justification === undefined) throw new Misuse(t.recover.why);
        return tell(session, await recovery.end({ justification }, session));
      }),
    );
  withExamples(
    recover,
    cli,
    'opentopup recover --since 2026-11-24T02:00:00Z',
    'opentopup recover --book',
    "opentopup recover --end --justification 'All suppliers were asked'",
  );
}

async function untilSearched(session: CliSession): Promise<void> {
  const { recovery } = session.operator();
  while ((await recovery.get(session)).suppliers.some(({ status }) => status === 'running')) {
    await sleep(POLL_MS, undefined, { signal: session.signal });
  }
}

/** Books what can be, some at a time; tells why the rest cannot. */
async function bookAll(session: CliSession): Promise<void> {
  let after: string | undefined;
  do {
    const { refused, next } = await session.operator().recovery.book(after, session);
    for (const { case_id, description } of refused) session.out.warn(`${case_id}: ${description}`);
    after = next;
  } while (after !== undefined);
}

async function tell(session: CliSession, found: Recovery): Promise<ExitCode> {
  const { out, t } = session;
  if (out.isJson) out.json(found);
  else {
    out.record(found, FIELDS);
    await out.list(found.suppliers, SUPPLIER_COLUMNS);
    if (found.not_covered.length > 0) out.warn(t.recover.notCovered(found.not_covered.join(', ')));
    if (found.status === 'open') out.warn(t.recover.closed);
  }
  return found.status === 'open' ? EXIT.pending : EXIT.ok;
}
