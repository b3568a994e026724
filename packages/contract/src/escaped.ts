const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Writes text for HTML, XML and SVG. Characters that XML has not are left out: all controls, but for tabs and ends of lines. */
export const escaped = (text: string): string =>
  text.replaceAll(/(?![\t\n])\p{Cc}/gu, '').replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
