import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { buffer } from 'node:stream/consumers';
import type { StaffLanguage, StatementDocument, StatementOffer } from '@opentopup/contract';
import PDFDocument from 'pdfkit';
import { PDF_FONTS, type PdfColumn, writeTable } from './pdf-table.ts';
import { layoutOf, REPLACED, textsOf } from './pdf-text.ts';
import { STATEMENT_WORDS, type StatementWords } from './statement-words.ts';
import type { FrozenStatement } from './statements.query.ts';

const { resolve } = createRequire(import.meta.url);
/** Letters of Latin, Greek, Cyrillic, Arabic and Hebrew scripts, and the signs of currencies. */
const font = (name: string): Buffer => readFileSync(resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
const FONTS = { text: font('DejaVuSans'), strong: font('DejaVuSans-Bold') };

const MARGIN = 40;
const FOOT = 50;
const GREY = '#5b636d';
/** More bookings than these are told by their number. */
const MOST_SHOWN = 500;

const left = (title: string, share: number): PdfColumn => ({ title, share, align: 'left' });
const right = (title: string, share = 1): PdfColumn => ({ title, share, align: 'right' });

/** Writes numbers, amounts and dates in a language. */
function formatsOf(language: StaffLanguage, time_zone: string) {
  const units = new Intl.NumberFormat(language);
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: time_zone });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  const percent = new Intl.NumberFormat(language, { maximumFractionDigits: 4, style: 'percent' });
  return {
    units: (count: number) => units.format(count),
    amount: (amount: number, currency: string) =>
      new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'code' }).format(amount),
    date: (instant: string) => date.format(new Date(instant)),
    day: (calendarDay: string) => day.format(new Date(calendarDay)),
    rate: (rate: number | undefined) => (rate === undefined ? '–' : percent.format(rate / 100)),
  };
}
type Formats = ReturnType<typeof formatsOf>;

/** Writes a statement as people read it. It has the same bytes whenever it is written. */
export async function statementPdf(
  document: StatementDocument,
  { hash }: Pick<FrozenStatement, 'hash'>,
  language: StaffLanguage,
): Promise<Buffer> {
  const words = STATEMENT_WORDS[language];
  const formats = formatsOf(language, document.time_zone);
  const closed = new Date(document.closing_date);
  const pdf = new PDFDocument({
    size: 'A4',
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOT },
    bufferPages: true,
    font: FONTS.text as unknown as string,
    lang: language,
    displayTitle: true,
    info: {
      Title: `${words.title} ${document.number}: ${document.distributor_name}`,
      Author: 'OpenTopup',
      CreationDate: closed,
      ModDate: closed,
    },
  });
  const bytes = buffer(pdf);
  pdf.registerFont(PDF_FONTS.text, FONTS.text).registerFont(PDF_FONTS.strong, FONTS.strong);
  pdf.font(PDF_FONTS.text);
  const texts = textsOf(pdf);
  const shown = shownIn(document, texts.plain);
  writeHead(pdf, shown, words, formats);
  await writeTotals(pdf, shown, words, formats);
  await writeStock(pdf, shown, words, formats);
  await writeSales(pdf, shown, words, formats);
  await writeBookings(pdf, shown, words, formats);
  if (texts.hasReplaced()) pdf.moveDown(0.8).font(PDF_FONTS.text).fontSize(8).fillColor(GREY).text(words.replaced);
  writeFeet(pdf, document, hash, words);
  pdf.end();
  return bytes;
}

/** Gives a statement as the font can write it; an offer whose name it cannot is told by its id too. */
function shownIn(document: StatementDocument, plain: (text: string) => string): StatementDocument {
  const nameOf = ({ offer_name, offer_id }: StatementOffer): string => {
    const name = plain(offer_name);
    return name.includes(REPLACED) ? `${name} (${offer_id})` : name;
  };
  return {
    ...document,
    distributor_name: plain(document.distributor_name),
    offers: document.offers.map((offer) => ({ ...offer, offer_name: nameOf(offer) })),
    bookings: document.bookings.map((each) => ({ ...each, reference: plain(each.reference) })),
  };
}

function writeHead(
  pdf: PDFKit.PDFDocument,
  document: StatementDocument,
  words: StatementWords,
  formats: Formats,
): void {
  const { number, distributor_name, distributor_id, world, first_day, last_day, time_zone, closing_date } = document;
  pdf.font(PDF_FONTS.strong).fontSize(18).text(`${words.title} ${number}`);
  pdf.fillColor(GREY).font(PDF_FONTS.text).fontSize(10).text(words.notInvoice);
  if (world === 'sandbox') pdf.fillColor('#a12622').text(words.sandbox);
  pdf.moveDown(0.6).fillColor('#1b1f24').font(PDF_FONTS.strong).fontSize(12);
  pdf.text(distributor_name, layoutOf(distributor_name));
  pdf.font(PDF_FONTS.text).fontSize(8).fillColor(GREY).text(distributor_id).fontSize(9).fillColor('#1b1f24');
  pdf.text(`${words.period}: ${formats.day(first_day)} – ${formats.day(last_day)} (${time_zone})`);
  pdf.text(`${words.closed}: ${formats.date(closing_date)}`);
}

/** Begins a part of the statement; on a new page where there is no room for a row of it. */
function section(pdf: PDFKit.PDFDocument, title: string): void {
  if (pdf.y > pdf.page.height - MARGIN - FOOT - 70) pdf.addPage();
  pdf.moveDown(1.2).fillColor('#1b1f24').font(PDF_FONTS.strong).fontSize(11).text(title).moveDown(0.3);
}

async function tableOr(
  pdf: PDFKit.PDFDocument,
  columns: readonly PdfColumn[],
  rows: readonly (readonly string[])[],
  none: string,
): Promise<void> {
  if (rows.length > 0) await writeTable(pdf, columns, rows);
  else pdf.font(PDF_FONTS.text).fontSize(9).fillColor(GREY).text(none);
}

type Part = (
  pdf: PDFKit.PDFDocument,
  document: StatementDocument,
  words: StatementWords,
  formats: Formats,
) => Promise<void>;

const writeTotals: Part = (pdf, { totals }, words, { units, amount, rate }) => {
  section(pdf, words.totals);
  const columns = [
    left(words.currency, 1),
    right(words.vat),
    right(words.units),
    right(words.net, 1.6),
    right(words.vat, 1.6),
    right(words.total, 1.6),
    right(words.fees, 1.6),
  ];
  const rows = totals.map(({ currency, vat_rate, units: count, net, vat, total, fees }) => [
    currency,
    rate(vat_rate),
    units(count),
    amount(net, currency),
    vat === undefined ? '–' : amount(vat, currency),
    amount(total, currency),
    amount(fees, currency),
  ]);
  return tableOr(pdf, columns, rows, words.none);
};

/** Returns true for an offer that has anything to tell. */
const hasMoved = (offer: StatementOffer): boolean =>
  offer.opening !== 0 || offer.closing !== 0 || offer.owed !== 0 || offer.granted !== 0 || offer.sales.length > 0;

const writeStock: Part = (pdf, { offers }, words, { units }) => {
  section(pdf, words.stock);
  const counts = ['opening', 'granted', 'adjusted', 'sold', 'late', 'reversed', 'closing', 'held', 'owed'] as const;
  const columns = [left(words.offer, 2.6), ...counts.map((name) => right(words[name], 1.15))];
  const rows = offers
    .filter(hasMoved)
    .map((offer) => [
      offer.offer_name,
      ...counts.map((name) => units(name === 'late' ? offer.delivered_late : offer[name])),
    ]);
  return tableOr(pdf, columns, rows, words.none);
};

const writeSales: Part = (pdf, { offers }, words, { units, amount, rate }) => {
  section(pdf, words.sales);
  const columns = [
    left(words.offer, 2.4),
    right(words.price, 1.5),
    right(words.fee, 1.3),
    right(words.vat, 1.3),
    right(words.sold),
    right(words.late),
    right(words.reversed),
    right(words.value, 1.7),
  ];
  const vatOf = (share: StatementOffer['sales'][number]): string =>
    share.vat_rate === undefined
      ? '–'
      : `${rate(share.vat_rate)} ${share.vat_included ? words.vatIncluded : words.vatExcluded}`;
  const rows = offers.flatMap(({ offer_name, currency, sales }) =>
    sales.map((each) => [
      offer_name,
      amount(each.resell_value, currency),
      amount(each.distributor_fees, currency),
      vatOf(each),
      units(each.sold),
      units(each.delivered_late),
      units(each.reversed),
      amount(each.value, currency),
    ]),
  );
  return tableOr(pdf, columns, rows, words.none);
};

const writeBookings: Part = async (pdf, { offers, bookings, bookings_left_out = 0 }, words, { units, date }) => {
  section(pdf, words.bookings);
  const names = new Map(offers.map(({ offer_id, offer_name }) => [offer_id, offer_name]));
  const columns = [
    left(words.date, 1.6),
    left(words.offer, 2.4),
    left(words.kind, 1.6),
    left(words.reference, 2.6),
    right(words.units),
  ];
  const rows = bookings
    .slice(0, MOST_SHOWN)
    .map((each) => [
      date(each.date),
      names.get(each.offer_id) ?? each.offer_id,
      words[each.kind],
      each.reference,
      units(each.units),
    ]);
  await tableOr(pdf, columns, rows, words.none);
  const left_out = bookings.length + bookings_left_out - rows.length;
  if (left_out > 0)
    pdf
      .moveDown(0.4)
      .font(PDF_FONTS.text)
      .fontSize(9)
      .text(words.more(units(left_out)));
};

/** Writes below each page what proves the statement. */
function writeFeet(pdf: PDFKit.PDFDocument, { id }: StatementDocument, hash: string, words: StatementWords): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page);
    // A text below the margin would begin another page.
    pdf.page.margins.bottom = 0;
    const y = pdf.page.height - MARGIN - FOOT + 16;
    const width = pdf.page.width - 2 * MARGIN;
    pdf.font(PDF_FONTS.text).fontSize(7).fillColor(GREY);
    pdf.text(`${id} · ${words.hash} ${hash}`, MARGIN, y, { width });
    pdf.text(`✓ ${words.proof}`, MARGIN, y + 11, { width });
    pdf.text(words.page(page - start + 1, count), MARGIN, y + 22, { width, align: 'right' });
  }
}
