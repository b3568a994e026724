import type { AuditEntry, StaffLanguage } from '@opentopup/contract';
import { wordsOfAction } from '@opentopup/contract/audit/action-words';
import type { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import type { Column } from '../../output/column.ts';
import { chosenSheetForm, type SheetOptions, withSheetOptions } from '../sheet-options.ts';
import { first, whole, withExamples } from '../verb.ts';

const SHOWN = 50;

interface Options extends SheetOptions {
  distributor?: string;
  action?: string;
  subject?: string;
  actor?: string;
  from?: string;
  to?: string;
  limit: number;
}

const columnsIn = (language: StaffLanguage): Column<AuditEntry>[] => [
  { name: 'date', kind: 'date', of: ({ date }) => date },
  { name: 'actor', kind: 'text', of: ({ actor, actor_email }) => actor_email ?? actor },
  { name: 'deed', kind: 'text', of: ({ action }) => wordsOfAction(action, language) },
  { name: 'action', kind: 'text', of: ({ action }) => action },
  { name: 'details', kind: 'text', of: ({ details }) => JSON.stringify(details) },
  { name: 'subject', kind: 'id', of: ({ subject }) => subject },
];

/** Defines `audit`: who changed what. */
export function defineAudit(program: Command, cli: Cli): void {
  const { t } = cli;
  const audit = program
    .command('audit')
    .description(t.audit.about)
    .option('--distributor <id>', t.options.distributor)
    .option('--action <action>', t.audit.action)
    .option('--subject <id>', t.audit.subject)
    .option('--actor <who>', t.audit.actor)
    .option('--from <day>', t.options.from)
    .option('--to <day>', t.options.to)
    .option('--limit <number>', t.options.limit, whole(cli, 1), SHOWN)
    .action(
      cli.run(async (session, options: Options) => {
        const { distributor, action, subject, actor, from, to, limit } = options;
        const query = {
          ...(distributor !== undefined && { distributor }),
          ...(action !== undefined && { action }),
          ...(subject !== undefined && { subject }),
          ...(actor !== undefined && { actor }),
          ...(from !== undefined && { startDate: from }),
          ...(to !== undefined && { endDate: to }),
        };
        const entries = first(session.operator().audit(query, session), limit);
        const form = chosenSheetForm(options, session.locale, 'audit');
        const columns = columnsIn(session.locale.language);
        await (form ? session.out.sheet(entries, columns, form) : session.out.list(entries, columns));
      }),
    );
  withSheetOptions(audit, cli);
  withExamples(
    audit,
    cli,
    'opentopup audit --action offer.changed',
    'opentopup audit --from 2026-11-01 --to 2026-11-30 --limit 100000 --xlsx > audit.xlsx',
  );
}
