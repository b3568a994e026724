import type { DisputeLink, NewDisputeLink } from '@opentopup/contract';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { Column } from '../output/column.ts';
import { whole, withExamples } from './verb.ts';

const SALE = '01a20d0b-54d6-77c2-99f0-4ba20661bd01';

interface Of {
  operator?: true;
}

const COLUMNS: Column<DisputeLink & Partial<NewDisputeLink>>[] = [
  { name: 'url', kind: 'text', of: ({ url }) => url },
  { name: 'creation_date', kind: 'date', of: ({ creation_date }) => creation_date },
  { name: 'expiration_date', kind: 'date', of: ({ expiration_date }) => expiration_date },
  { name: 'revocation_date', kind: 'date', of: ({ revocation_date }) => revocation_date },
  { name: 'actor', kind: 'text', of: ({ created_by }) => created_by },
  { name: 'id', kind: 'id', of: ({ id }) => id },
];

/** Defines `dispute`: links by which somebody without an account sees the story of a sale. */
export function defineDispute(program: Command, cli: Cli): void {
  const { t } = cli;
  const dispute = program.command('dispute').description(t.dispute.about);

  const link = dispute
    .command('link')
    .description(t.dispute.link)
    .argument('<transaction>', t.options.transaction)
    .option('--days <number>', t.dispute.days, whole(cli, 1))
    .option('--operator', t.dispute.operator)
    .action(
      cli.run(async (session, id: string, { days, operator }: Of & { days?: number }) => {
        const links = operator ? session.operator().disputeLinks : session.client().opentopup.disputeLinks;
        session.out.record(await links.create(id, days === undefined ? {} : { days }, session), COLUMNS);
        session.out.note(t.dispute.once);
      }),
    );
  withExamples(link, cli, `opentopup dispute link ${SALE} --days 7`);

  const list = dispute
    .command('list')
    .description(t.dispute.list)
    .argument('<transaction>', t.options.transaction)
    .option('--operator', t.dispute.operator)
    .action(
      cli.run(async (session, id: string, { operator }: Of) => {
        const links = operator ? session.operator().disputeLinks : session.client().opentopup.disputeLinks;
        await session.out.list(links.list(id, session), COLUMNS);
      }),
    );
  withExamples(list, cli, `opentopup dispute list ${SALE}`);

  const revoke = dispute
    .command('revoke')
    .description(t.dispute.revoke)
    .argument('<link>', t.dispute.id)
    .option('--operator', t.dispute.operator)
    .action(
      cli.run(async (session, id: string, { operator }: Of) => {
        const links = operator ? session.operator().disputeLinks : session.client().opentopup.disputeLinks;
        session.out.record(await links.revoke(id, session), COLUMNS);
      }),
    );
  withExamples(revoke, cli, 'opentopup dispute revoke 01a20d0b-54d6-77c2-99f0-4ba20661bd03');
}
