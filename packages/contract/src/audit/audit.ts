import Type, { type Static } from 'typebox';
import { DateTime, Uuid } from '../formats.ts';
import { TransactionPage } from '../sales/transaction-filters.ts';

/** One thing that somebody changed, and how it was. Kept for good. */
export const AuditEntry = Type.Object(
  {
    id: Uuid,
    date: DateTime,
    actor: Type.String({ description: 'Who did it: `operator`, `client …`, `agent …` or `account …`' }),
    actor_email: Type.Optional(Type.String({ description: 'Of an account, as long as there is one' })),
    action: Type.String({ description: 'What was done: `offer.changed`, `credential.revoked`, …' }),
    subject: Type.String({ description: 'The id of what it was done to' }),
    distributor_id: Type.Optional(Uuid),
    details: Type.Record(Type.String(), Type.Unknown()),
  },
  { title: 'AuditEntry' },
);
export type AuditEntry = Static<typeof AuditEntry>;

/** What of the audit trail is asked for. */
export const AuditQuery = Type.Object({
  offset: TransactionPage.properties.offset,
  limit: TransactionPage.properties.limit,
  for: TransactionPage.properties.for,
  distributor: Type.Optional({ ...Uuid, description: 'Only of this distributor' }),
  actor: Type.Optional(
    Type.String({
      maxLength: 320,
      description: 'Who did it, as `actor` says it, or by the e-mail address of an account',
    }),
  ),
  action: Type.Optional(Type.String({ maxLength: 64 })),
  subject: Type.Optional(Type.String({ maxLength: 255 })),
  startDate: Type.Optional(Type.String({ description: 'A UTC day or an instant (RFC 3339): done then or later' })),
  endDate: Type.Optional(Type.String({ description: 'A UTC day, included whole, or an instant: done then or before' })),
});

/** The result of an import, or with `dry_run` what it would be. With errors, nothing is done at all. */
export const ImportReport = Type.Object(
  {
    dry_run: Type.Boolean(),
    encoding: Type.Optional(
      Type.Enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'], {
        description:
          'In what the CSV is written. Nothing in a file says that it is `windows-1252`: look whether its accents are right',
      }),
    ),
    rows: Type.Integer(),
    created: Type.Integer(),
    changed: Type.Integer(),
    unchanged: Type.Integer(),
    errors: Type.Array(
      Type.Object({
        line: Type.Integer({ description: 'In the file, from 1' }),
        column: Type.String(),
        message: Type.String(),
      }),
    ),
  },
  { title: 'ImportReport' },
);
export type ImportReport = Static<typeof ImportReport>;
