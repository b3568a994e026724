import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { TransactionRow } from './transactions.query.ts';
import { wireTransaction } from './transactions.wire.ts';
import { SHEET_COLUMNS, transactionsSheet } from './transactions-sheet.ts';

const ROW: TransactionRow = {
  id: '01a20d0b-54d6-77c2-99f0-4ba20661bd01',
  distributor_id: '01a20d0a-a88d-74bd-9233-89da2fe5beab',
  offer_id: '01a20d0a-a88a-7427-b76b-a9142b9d9596',
  line: '+33684587587',
  user_id: null,
  voucher_id: null,
  created_at: new Date('2026-11-24T10:12:56.789Z'),
  changed_at: new Date('2026-11-24T10:12:57.123Z'),
  status: 'ok',
  reason: null,
  message: null,
  change: null,
  attempts: null,
  outcome_unknown: false,
  esim_sealed: null,
  receipt_sealed: null,
  has_pin: false,
  kyc_level: null,
  kyc_url: null,
  kyc_deadline: null,
  kyc_status: null,
  offer_name: 'Ten',
  resell_value_minor: 792,
  fees: '26.2626',
  fees_type: 'percent',
  product_id: '01a20d0a-a88b-7534-b9bb-6cb1c1462c97',
  product_name: 'Mobile, 10 EUR',
  transaction_type: 'airtime topup',
  delivers: 'line',
  line_kind: 'msisdn',
  currency: 'EUR',
  bonus_value_minor: 1_000,
  denomination_minor: null,
  denomination_currency: null,
  supplier_id: '7413e966-c97c-11ed-b80c-fa163e78aa28',
  supplier_name: 'Orange France',
  sim_check_digit: 'refuse',
};

async function* rows(count: number, failure?: Error): AsyncGenerator<TransactionRow> {
  for (let i = 0; i < count; i++) yield ROW;
  if (failure) throw failure;
}

const csvOf = (each: AsyncGenerator<TransactionRow>): Promise<Readable> =>
  transactionsSheet(each, (row) => wireTransaction(row, { language: 'en' }), SHEET_COLUMNS, false, { form: 'csv' });

const LINE =
  '01a20d0b-54d6-77c2-99f0-4ba20661bd01,ok,airtime topup,prepaid,2026-11-24T10:12:56Z,2026-11-24T10:12:57Z,' +
  '01a20d0a-a88a-7427-b76b-a9142b9d9596,Ten,"Mobile, 10 EUR",Orange France,,7.92,10,EUR,EUR,,+33684587587,,,' +
  'The recharge has been made.,26.2626,percent,10,2.08,,,,';

it('a transaction as CSV is one line', async () => {
  const [head, ...lines] = (await text(await csvOf(rows(2)))).split('\r\n');
  expect(head?.split(',')).toHaveLength(28);
  expect(lines).toEqual([LINE, LINE, '']);
});

it('rows that fail before the first one are no CSV at all', async () => {
  await expect(csvOf(rows(0, new Error('no database')))).rejects.toThrow('no database');
});

it('rows that fail on the way break the CSV off, so that nobody takes it for whole', async () => {
  const csv = await csvOf(rows(1_000, new Error('no database')));
  await expect(text(csv)).rejects.toThrow('no database');
});

it('rows are read as slowly as the CSV is', async () => {
  let read = 0;
  const counted = async function* (): AsyncGenerator<TransactionRow> {
    for await (const row of rows(100_000)) {
      read++;
      yield row;
    }
  };
  let taken = 0;
  for await (const chunk of await csvOf(counted())) {
    taken += (chunk as Buffer).length;
    // Time enough to read ahead.
    await setImmediate();
    const ahead = read * LINE.length - taken;
    expect(ahead).toBeLessThan(300_000);
    if (taken > 2_000_000) break;
  }
  expect(read).toBeLessThan(20_000);
});
