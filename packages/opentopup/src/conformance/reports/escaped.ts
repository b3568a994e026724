const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Writes text for XML and HTML. Characters that XML has not are left out: all controls, but for tabs and ends of lines. */
export const escapedMarkup = (text: string): string =>
  text.replaceAll(/(?![\t\n])\p{Cc}/gu, '').replaceAll(/[&<>"]/g, (sign) => NAMES[sign] ?? '');
