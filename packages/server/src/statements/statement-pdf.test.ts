import type { StatementDocument } from '@opentopup/contract';
import { extractText, getDocumentProxy } from 'unpdf';
import { expect, it } from 'vitest';
import { statementPdf } from './statement-pdf.ts';

const OFFER = '01a20d0b-54d6-77c2-99f0-4ba20661bd';
const offerOf = (offer_name: string, i: number): StatementDocument['offers'][number] => ({
  offer_id: `${OFFER}${String(i).padStart(3, '0')}`,
  offer_name,
  currency: 'EUR',
  opening: i,
  granted: 0,
  adjusted: 0,
  sold: 0,
  delivered_late: 0,
  reversed: 0,
  closing: i,
  held: 0,
  owed: 0,
  sales: [],
  cut: { seq: 0, head: '' },
});

/** The pages of a statement as another program reads them; what the lines break is put together again. */
async function pagesOf(distributor_name: string, names: readonly string[], reference = 'PO-1'): Promise<string[]> {
  const id = '01a20d0b-54d6-77c2-99f0-4ba20661bd05';
  const document: StatementDocument = {
    type: 'statement',
    title: 'Statement, not an invoice',
    id,
    number: 1,
    distributor_id: id,
    distributor_name,
    world: 'live',
    first_day: '2026-11-01',
    last_day: '2026-11-30',
    time_zone: 'UTC',
    from: '2026-11-01T00:00:00Z',
    before: '2026-12-01T00:00:00Z',
    closing_date: '2026-12-01T00:10:00Z',
    offers: names.map((name, i) => offerOf(name, i + 1)),
    bookings: names.map((_, i) => ({
      offer_id: `${OFFER}${String(i + 1).padStart(3, '0')}`,
      kind: 'grant',
      units: 1,
      reference,
      date: '2026-11-02T00:00:00Z',
    })),
    totals: [],
  };
  const bytes = await statementPdf(document, { hash: 'ab'.repeat(32) }, 'en');
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: false });
  return text.map((page) => page.replaceAll(/\s/g, ''));
}
const NOTE = 'aletterthatthefontofthispagehasnot';

it('a statement names in Latin, Greek, Cyrillic, Arabic and Hebrew letters whatever is called so', async () => {
  const names = ['Zażółć', 'Κατάστημα', 'Магазин', 'חנות', 'متجر المطار'];
  const text = (await pagesOf('Épicerie', names)).join('');
  for (const name of names.slice(0, 3)) expect(text).toContain(name);
  expect(text).not.toContain('\uFFFD');
  expect(text).not.toContain(NOTE);
});

it('a statement shows a sign for letters that its font has not, tells so, and names the offer by its id', async () => {
  const text = (await pagesOf('東京', ['Shop 🎉', '空港'], 'PO-東')).join('');
  expect(text).toContain(`Shop\uFFFD(${OFFER}001)`);
  expect(text).toContain(`\uFFFD\uFFFD(${OFFER}002)`);
  expect(text).toContain('PO-\uFFFD');
  expect(text).toContain(NOTE);
});

it('a statement of 500 offers has each of them, and one of none says so', async () => {
  const pages = await pagesOf(
    'Shop',
    Array.from({ length: 500 }, (_, i) => `Offer ${i}.`),
  );
  const text = pages.join('');
  for (let i = 0; i < 500; i += 1) expect(text.split(`Offer${i}.`)).toHaveLength(3);
  expect(pages.at(-1)).toContain(`Page${pages.length}of${pages.length}`);
  expect((await pagesOf('Shop', [])).join('').split('None')).toHaveLength(5);
});
