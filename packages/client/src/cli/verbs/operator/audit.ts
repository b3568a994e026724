import type { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import { first, whole, withExamples } from '../verb.ts';

const SHOWN = 50;

interface Options {
  distributor?: string;
  action?: string;
  subject?: string;
  limit: number;
}

/** Defines `audit`: who changed what. */
export function defineAudit(program: Command, cli: Cli): void {
  const { t } = cli;
  const audit = program
    .command('audit')
    .description(t.audit.about)
    .option('--distributor <id>', t.options.distributor)
    .option('--action <action>', t.audit.action)
    .option('--subject <id>', t.audit.subject)
    .option('--limit <number>', t.options.limit, whole(cli, 1), SHOWN)
    .action(
      cli.run(async (session, { limit, ...query }: Options) => {
        await session.out.list(first(session.operator().audit(query, session), limit), [
          { name: 'date', kind: 'date', of: ({ date }) => date },
          { name: 'actor', kind: 'text', of: ({ actor }) => actor },
          { name: 'action', kind: 'text', of: ({ action }) => action },
          { name: 'details', kind: 'text', of: ({ details }) => JSON.stringify(details) },
          { name: 'subject', kind: 'id', of: ({ subject }) => subject },
        ]);
      }),
    );
  withExamples(audit, cli, 'opentopup audit --action offer.changed');
}
