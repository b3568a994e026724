import type { ReceiptSettings } from '@opentopup/contract';
import { type RefObject, useEffect } from 'react';

type Paper = ReceiptSettings['paper'];

const PX_PER_MM = 96 / 25.4;
/** So that rounding never begins a second page. */
const SPARE_MM = 3;

/** Gives the page on which a receipt is printed: a sheet, or as much of a roll as it is long. */
const pageOf = (paper: Paper, height_px: number): string =>
  paper === 'A4'
    ? '@page { size: A4; margin: 15mm; }'
    : `@page { size: ${paper} ${Math.ceil(height_px / PX_PER_MM) + SPARE_MM}mm; margin: 0; }`;

/** Has the page of a printer follow a receipt, as long as that is shown. */
export function usePaper(receipt: RefObject<HTMLElement | null>, paper: Paper): void {
  useEffect(() => {
    const shown = receipt.current;
    if (!shown) return;
    const page = new CSSStyleSheet();
    document.adoptedStyleSheets.push(page);
    const follow = new ResizeObserver(() => page.replaceSync(pageOf(paper, shown.offsetHeight)));
    follow.observe(shown);
    return () => {
      follow.disconnect();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== page);
    };
  }, [receipt, paper]);
}
