import type { CaseEndKind, DifferenceKind, ReconciliationCase, ReconciliationCaseEnd } from '@opentopup/contract';
import type { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import type { Column } from '../../output/column.ts';
import { first, needed, oneOf, whole, withExamples } from '../verb.ts';

const CASE = '01a20d0b-54d6-77c2-99f0-4ba20661bd03';

const stateOf = (side: ReconciliationCase['ours'] | ReconciliationCase['theirs']): string | undefined =>
  side && [side.state, side.cost, side.cost_currency].filter((part) => part !== undefined).join(' ');

/** A difference, as it is listed. */
export const CASE_COLUMNS: Column<ReconciliationCase>[] = [
  { name: 'date', kind: 'date', of: ({ date }) => date },
  { name: 'difference', kind: 'status', of: ({ kind }) => kind },
  { name: 'ours', kind: 'text', of: ({ ours }) => stateOf(ours) },
  { name: 'theirs', kind: 'text', of: ({ theirs }) => stateOf(theirs) },
  { name: 'supplier_name', kind: 'text', of: ({ supplier_name }) => supplier_name },
  { name: 'supplier_reference', kind: 'text', of: ({ theirs }) => theirs?.supplier_reference },
  { name: 'distributor', kind: 'text', of: ({ distributor_name }) => distributor_name },
  { name: 'line', kind: 'text', of: ({ line }) => line },
  { name: 'confidence', kind: 'status', of: ({ confidence }) => confidence },
  { name: 'owner', kind: 'text', of: ({ owner }) => owner },
  {
    name: 'status',
    kind: 'status',
    of: ({ status, gone_date }) => (status === 'open' && gone_date ? 'cause gone' : status),
  },
  { name: 'ends', kind: 'text', of: ({ ends, end }) => end ?? ends.join(', ') },
  { name: 'transaction_id', kind: 'id', of: ({ transaction_id }) => transaction_id },
  { name: 'id', kind: 'id', of: ({ id }) => id },
];

const KINDS: readonly DifferenceKind[] = [
  'delivered_there_not_sold_here',
  'sold_here_not_there',
  'other_outcome',
  'other_price',
  'twice',
];
const ENDS: readonly CaseEndKind[] = ['decide', 'reverse', 'book', 'accept'];

interface CaseOptions {
  supplier?: string;
  status?: 'open' | 'closed';
  kind?: DifferenceKind;
  owner?: string;
  unowned?: true;
  transaction?: string;
  limit: number;
}

interface EndOptions extends Omit<ReconciliationCaseEnd, 'end' | 'offer_id'> {
  by: CaseEndKind;
  offer?: string;
}

/** Defines what is done with differences. */
export function defineCases(reconcile: Command, cli: Cli): void {
  const { t } = cli;
  const cases = reconcile
    .command('cases')
    .description(t.reconcile.cases)
    .option('--supplier <id>', t.options.supplier)
    .addOption(oneOf('--status <status>', t.options.status, ['open', 'closed']))
    .addOption(oneOf('--kind <kind>', t.reconcile.kind, KINDS))
    .option('--owner <name>', t.reconcile.ofOwner)
    .option('--unowned', t.reconcile.unowned)
    .option('--transaction <id>', t.options.transaction)
    .option('--limit <number>', t.options.limit, whole(cli, 0), 100)
    .action(
      cli.run(async (session, { limit, unowned, ...rest }: CaseOptions) => {
        const query = { ...rest, ...(unowned && { owned: false }) };
        await session.out.list(first(session.operator().reconciliationCases.list(query, session), limit), CASE_COLUMNS);
      }),
    );
  withExamples(cases, cli, 'opentopup reconcile cases --status open', 'opentopup reconcile cases --owner ada');

  const change = reconcile
    .command('case')
    .description(t.reconcile.case)
    .argument('<case>', t.reconcile.caseId)
    .option('--owner <name>', t.reconcile.owner)
    .option('--note <text>', t.reconcile.note)
    .action(
      cli.run(async (session, id: string, { owner, note }: { owner?: string; note?: string }) => {
        const { reconciliationCases } = session.operator();
        const { out } = session;
        const body = { ...(owner !== undefined && { owner: owner || null }), ...(note !== undefined && { note }) };
        const isChange = Object.keys(body).length > 0;
        const found = isChange
          ? await reconciliationCases.change(id, body, session)
          : await reconciliationCases.get(id, session);
        out.record<ReconciliationCase>(found, CASE_COLUMNS);
        for (const { date, author, kind, text } of out.isJson ? [] : found.notes) {
          const said = kind ? `${t.reconcile.noteKinds[kind]}: ${text}` : text;
          out.say(`${date}  ${author}  ${said}`);
        }
      }),
    );
  withExamples(change, cli, `opentopup reconcile case ${CASE} --owner ada --note 'Asked the supplier, ticket 4711'`);

  const end = reconcile
    .command('end')
    .description(t.reconcile.end)
    .argument('<case>', t.reconcile.caseId)
    .addOption(oneOf('--by <end>', t.reconcile.by, ENDS).makeOptionMandatory())
    .addOption(needed('--justification <text>', t.options.justification))
    .option('--offer <id>', t.reconcile.offer)
    .addOption(oneOf('--status <status>', t.reconcile.status, ['ok', 'ko', 'expired']))
    .addOption(
      oneOf('--reason <reason>', t.reversal.reason, ['not_delivered', 'refunded', 'mistake', 'fraud', 'other']),
    )
    .action(
      cli.run(async (session, id: string, { by, offer, ...rest }: EndOptions) => {
        const body = { end: by, ...rest, ...(offer !== undefined && { offer_id: offer }) };
        const found = await session.operator().reconciliationCases.end(id, body, session);
        if (found.status === 'open') session.out.warn(t.reversal.secondPerson);
        session.out.record<ReconciliationCase>(found, CASE_COLUMNS);
      }),
    );
  withExamples(end, cli, `opentopup reconcile end ${CASE} --by accept --justification 'The supplier credits it'`);
}
