/** What a spreadsheet takes for the beginning of a formula, also in the wide letters of East Asian texts. */
const RUN = '=+\\-@\\uff1d\\uff0b\\uff0d\\uff20';
/** Those at the beginning of a cell, also behind apostrophes: so that what is guarded is told from what was written so. */
const AT_START = new RegExp(`^'*[${RUN}\\t\\r\\n]`);
const GUARDED_START = new RegExp(`^'(?='*[${RUN}\\t\\r\\n])`);

/** Whoever opens the file with another separator than ours finds the beginnings of cells in the middle of texts. */
const SEPARATORS = [',', ';', '\t', '\r', '\n'];
const within = (separator: string, guards: string): RegExp => {
  const others = SEPARATORS.filter((each) => each !== separator).join('');
  return new RegExp(`([${others}]["']*)${guards}(?=[${RUN}])`, 'g');
};
const INSIDE = new Map(SEPARATORS.map((each) => [each, within(each, '')]));
const GUARDED_INSIDE = new Map(SEPARATORS.map((each) => [each, within(each, "'")]));

/** Where neither a cell begins so nor a separator stands, nothing needs a guard: that is told at one look. */
const SUSPECT = new RegExp(`^['${RUN}]|[,;\\t\\r\\n]`);

/** Puts an apostrophe in front of whatever a spreadsheet would run of it, in a file of this separator. */
export function guarded(text: string, separator: string): string {
  if (!SUSPECT.test(text)) return text;
  const inside = INSIDE.get(separator);
  const all = inside ? text.replace(inside, "$1'") : text;
  return AT_START.test(all) ? `'${all}` : all;
}

/** Takes the guard off a text. */
export function unguarded(text: string, separator: string): string {
  const inside = GUARDED_INSIDE.get(separator);
  const all = text.replace(GUARDED_START, '');
  return inside ? all.replace(inside, '$1') : all;
}
