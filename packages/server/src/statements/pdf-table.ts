import { setImmediate } from 'node:timers/promises';
import { layoutOf } from './pdf-text.ts';

/** A column of a table: its title, its share of the width, and where its text stands. */
export interface PdfColumn {
  title: string;
  share: number;
  align: 'left' | 'right';
}

const SIZE = 8;
const PADDING = 3;
const RULE = '#c8ccd2';
const HEAD = '#f1f3f5';
const INK = '#1b1f24';
/** After so many rows others get the processor. */
const ROWS_AT_ONCE = 10;

/** The fonts of a document, by what they are for. */
export const PDF_FONTS = { text: 'text', strong: 'strong' } as const;

/** Writes a table, over as many pages as it takes; each begins with its titles. */
export async function writeTable(
  pdf: PDFKit.PDFDocument,
  columns: readonly PdfColumn[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  const { left, right, bottom } = pdf.page.margins;
  const width = pdf.page.width - left - right;
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => (width * share) / shares);

  const row = (cells: readonly string[], isHead: boolean): void => {
    pdf.font(isHead ? PDF_FONTS.strong : PDF_FONTS.text).fontSize(SIZE);
    const inner = (i: number): number => (widths[i] ?? 0) - 2 * PADDING;
    const height =
      Math.max(...cells.map((cell, i) => pdf.heightOfString(cell, { width: inner(i), ...layoutOf(cell) }))) +
      2 * PADDING;
    if (pdf.y + height > pdf.page.height - bottom) {
      pdf.addPage();
      if (!isHead) row(titles, true);
      pdf.font(isHead ? PDF_FONTS.strong : PDF_FONTS.text).fontSize(SIZE);
    }
    const { y } = pdf;
    if (isHead) pdf.rect(left, y, width, height).fill(HEAD);
    pdf.fillColor(INK);
    let x = left;
    for (const [i, cell] of cells.entries()) {
      const align = columns[i]?.align ?? 'left';
      pdf.text(cell, x + PADDING, y + PADDING, { width: inner(i), align, lineBreak: true, ...layoutOf(cell) });
      x += widths[i] ?? 0;
    }
    pdf
      .moveTo(left, y + height)
      .lineTo(left + width, y + height)
      .lineWidth(0.5)
      .strokeColor(RULE)
      .stroke();
    pdf.x = left;
    pdf.y = y + height;
  };

  const titles = columns.map(({ title }) => title);
  row(titles, true);
  for (const [i, cells] of rows.entries()) {
    if (i % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await setImmediate();
    row(cells, false);
  }
}
