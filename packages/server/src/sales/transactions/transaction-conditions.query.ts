import type { Param } from '../../database/database.ts';
import { firstIdAt } from '../../database/ids.ts';

export interface TransactionFilter {
  /** Created at this instant or later. */
  from?: Date;
  /** Created before this instant. */
  before?: Date;
  status?: string;
  offer?: string;
  supplier?: string;
  /** Whose product has delivered it, or has refused last, where that may be another than the offer's own. */
  deliveredBy?: string;
  user?: string;
  /** Of one of these lines: numbers in E.164, or serials. */
  lines?: readonly string[];
  /** The last digits of its line. */
  lineEnding?: string;
  voucher?: string;
  /** Older than this transaction. */
  olderThan?: string;
}

/**
 * What the rollup of hours makes of a filter: a `span` of hours, a `tally` it has a column for, a `place` within an hour, or
 * nothing, so that transactions themselves have to be read.
 */
type InRollup = 'span' | 'tally' | 'place' | 'nothing';
const IN_ROLLUP: Readonly<Record<keyof TransactionFilter, InRollup>> = {
  from: 'span',
  before: 'span',
  status: 'tally',
  offer: 'tally',
  supplier: 'tally',
  olderThan: 'place',
  deliveredBy: 'nothing',
  user: 'nothing',
  lines: 'nothing',
  lineEnding: 'nothing',
  voucher: 'nothing',
};

/** Tells whether one of the filters that are set is of this kind. */
export const isFilteredBy = (filter: TransactionFilter, kind: InRollup): boolean =>
  (Object.keys(IN_ROLLUP) as (keyof TransactionFilter)[]).some(
    (name) => IN_ROLLUP[name] === kind && filter[name] !== undefined,
  );

/** Tells whether the index that finds what is asked for has the day in front: that of lines, unless a user is named. */
export const isFoundByDay = ({ user, lines }: TransactionFilter): boolean => user === undefined && lines !== undefined;

/** Adds a condition with its parameter, where there is a value for it. */
function adding(params: Param[], where: string[]) {
  return (sql: string, value: Param | undefined): void => {
    if (value !== undefined) where.push(`AND ${sql.replace('?', `$${params.push(value)}`)}`);
  };
}

/**
 * Gives the conditions of a filter on what has an `offer_id`.
 * @param of its name
 * @param distributor where the distributor's id stands in the SQL, so that its offers are looked up once
 */
export function offerConditions(
  { offer, supplier }: TransactionFilter,
  params: Param[],
  of: string,
  distributor: string,
): string {
  const where: string[] = [];
  const add = adding(params, where);
  add(`${of}.offer_id = ?`, offer);
  add(
    `${of}.offer_id = ANY (ARRAY(SELECT o.id FROM offers o JOIN products p ON p.id = o.product_id
                                 WHERE o.distributor_id = ${distributor} AND p.supplier_id = ?))`,
    supplier,
  );
  return where.join(' ');
}

/**
 * Gives the filter as conditions that leave `transactions t` to be read in the order of its ids; dates become ranges of
 * ids, which carry their time.
 */
export function conditions(filter: TransactionFilter, params: Param[], distributor: string): string {
  const where: string[] = [];
  const add = adding(params, where);
  add('t.id >= ?', filter.from && firstIdAt(filter.from));
  add('t.id < ?', filter.before && firstIdAt(filter.before));
  add('t.id < ?', filter.olderThan);
  add('t.user_id = ?', filter.user);
  add('t.line = ANY (?::text[])', filter.lines);
  add(`t.line LIKE '%' || ?`, filter.lineEnding);
  add('t.voucher_id = ?', filter.voucher);
  // A list of products, not a join with them: that would look at all orders before the first is found.
  add(
    `coalesce((SELECT r.product_id FROM outcomes r
               WHERE r.distributor_id = t.distributor_id AND r.transaction_id = t.id),
              (SELECT o.product_id FROM offers o WHERE o.distributor_id = t.distributor_id AND o.id = t.offer_id))
     = ANY (ARRAY(SELECT p.id FROM products p WHERE p.supplier_id = ?))`,
    filter.deliveredBy,
  );
  add(
    `coalesce((SELECT r.status FROM outcomes r
               WHERE r.distributor_id = t.distributor_id AND r.transaction_id = t.id), 'pending') = ?`,
    filter.status,
  );
  return `${where.join(' ')} ${offerConditions(filter, params, 't', distributor)}`;
}

/** Gives the days (UTC) on which a distributor has sold, and the one of `transactions t` as its index has it. */
export const daysOf = (distributor: string): string =>
  `SELECT DISTINCT (hour AT TIME ZONE 'UTC')::date AS day FROM sales_hourly WHERE distributor_id = ${distributor}`;
export const DAY_OF_T = `(t.created_at AT TIME ZONE 'UTC')::date`;

/** How many orders of a status a row of `sales_hourly` tells of. */
export const TALLIES: Readonly<Record<string, string>> = {
  created: '0',
  pending: 'created - ok - ko - expired',
  ok: 'ok',
  ko: 'ko',
  expired: 'expired',
};
/** The same of any status. */
export const ALL_ORDERS = 'created';
