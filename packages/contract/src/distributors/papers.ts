/** On what receipts are printed: rolls of two widths, or sheets. */
export const PAPERS = ['58mm', '80mm', 'A4'] as const;

/** How large a logo may be, in bytes and in pixels. */
export const LOGO_MOST = { bytes: 32_768, width: 1_200, height: 600 } as const;
