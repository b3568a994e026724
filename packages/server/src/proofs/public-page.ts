import type { StaffLanguage } from '@opentopup/contract';
import { escaped } from '@opentopup/contract/escaped';

/** What a page for anybody says. */
export interface PublicPage {
  language: StaffLanguage;
  title: string;
  /** A sentence that is seen first. */
  verdict: { text: string; isGood: boolean };
  rows: readonly (readonly [name: string, value: string | undefined])[];
  /** What follows, as HTML. */
  more?: string;
  /** A sentence at the end. */
  note: string;
}

/** Nothing is loaded, and nothing runs. */
export const PUBLIC_PAGE_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex',
  Vary: 'Accept-Language',
} as const;

const STYLE = `:root{color-scheme:light dark;font:17px/1.5 system-ui,sans-serif}body{margin:0 auto;padding:1.5rem 1rem;max-width:38rem}
h1{font-size:1.3rem}h2{font-size:1.1rem;margin-top:2rem}.verdict{padding:.75rem 1rem;border-radius:.5rem;font-weight:600;border:2px solid #b3261e}
.good{border-color:#1b7f3b}dl{display:grid;grid-template-columns:minmax(6rem,auto) 1fr;gap:.35rem 1rem;margin:1rem 0}dt{opacity:.75}
dd{margin:0;overflow-wrap:anywhere}p.note{opacity:.75}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.25rem .5rem .25rem 0;
vertical-align:top;overflow-wrap:anywhere}.scroll{overflow-x:auto}pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.8rem}a{color:inherit}`;

/** Writes the page. It needs no script, so it opens anywhere. */
export function publicPage({ language, title, verdict, rows, more = '', note }: PublicPage): string {
  const facts = rows.flatMap(([name, value]) =>
    value === undefined ? [] : [`<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`],
  );
  const other = language === 'fr' ? ['en', 'In English'] : ['fr', 'En français'];
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(title)}</title><style>${STYLE}</style></head><body><main><h1>${escaped(title)}</h1>
<p class="verdict${verdict.isGood ? ' good' : ''}">${escaped(verdict.text)}</p><dl>${facts.join('')}</dl>${more}
<p class="note">${escaped(note)}</p><p><a href="?language=${other[0]}" hreflang="${other[0]}">${other[1]}</a></p></main></body></html>`;
}
