import Type, { type Static } from 'typebox';
import { Uuid } from '../formats.ts';
import { Page } from '../service.ts';
import { TransactionStatus } from './transactions.ts';

/** The filters of the transaction list and count. */
export const TransactionFilters = Type.Object({
  startDate: Type.Optional(Type.String({ description: 'A UTC day or an instant (RFC 3339): created then or later' })),
  endDate: Type.Optional(
    Type.String({ description: 'A UTC day, included whole, or an instant: created then or before' }),
  ),
  status: Type.Optional(TransactionStatus),
  offer: Type.Optional(Uuid),
  supplier: Type.Optional(Uuid),
  user: Type.Optional(Type.String({ description: 'The user_id given with the order' })),
  line: Type.Optional(
    Type.String({
      maxLength: 64,
      description: 'Added: the number that was recharged, or the serial of the SIM, however it is written',
    }),
  ),
  line_ending: Type.Optional(
    Type.String({
      pattern: '^[0-9]{3,15}$',
      description:
        'Added: the last digits of the line, three at least. Looks at the last 31 days of the period; not for roles that are shown lines masked',
    }),
  ),
  voucher: Type.Optional(
    Type.String({
      maxLength: 255,
      description: 'Added: the voucher_id given with the order. Looks at the last 31 days of the period',
    }),
  ),
});
export type TransactionFilters = Static<typeof TransactionFilters>;

/** The part of the transaction list that is asked for. */
export const TransactionPage = Type.Object({
  offset: Page.properties.offset,
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 1000,
      description: '100 where it is not given; as CSV or Excel workbook, no limit',
    }),
  ),
  cursor: Type.Optional({ ...Uuid, description: 'Added: only what is older than this transaction' }),
  for: Type.Optional(
    Type.Enum(['excel'], {
      description:
        'Added: who reads the CSV. Excel is given a byte order mark, the separators of cells and decimals of the ' +
        'language in `Accept-Language`, and numbers and serials as text',
    }),
  ),
});
export type TransactionPage = Static<typeof TransactionPage>;

/** Travel B2B 1.7 `Count`. */
export const Count = Type.Object({ count: Type.Integer() }, { title: 'Count' });
export type Count = Static<typeof Count>;
