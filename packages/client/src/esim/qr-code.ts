/** How damaged a code may be and still be read: about 15 %. */
const ERROR_CORRECTION = 'M';

/** Gives a text as a QR code, SVG. The library that draws it is loaded when it is first needed. */
export async function qrSvg(text: string): Promise<string> {
  const { renderSVG } = await import('uqr');
  return renderSVG(text, { ecc: ERROR_CORRECTION, border: 4 });
}

/** Gives a text as a QR code for a terminal, dark on light. */
export async function qrTerminal(text: string): Promise<string> {
  const { renderUnicodeCompact } = await import('uqr');
  return renderUnicodeCompact(text, { ecc: ERROR_CORRECTION, border: 2 });
}
