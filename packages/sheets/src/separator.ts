const SEPARATORS = [',', ';', '\t'];
/** Some programs say it in a line of its own: `sep=;`. */
const SAID = /^"?sep=([^\w"\s]|\t)"?\s*$/i;

/**
 * Gives the character between the cells of a table, by the beginning of its text: whichever its first line has most.
 */
export function separatorOf(head: string): string {
  const [first = ''] = head.trimStart().split(/[\r\n]/, 1);
  const said = SAID.exec(first)?.[1];
  if (said) return said;
  // Titles in quotation marks may have anything in them, ends of lines too.
  const [titles = ''] = head
    .trimStart()
    .replaceAll(/"(?:[^"]|"")*"/g, '')
    .split(/[\r\n]/, 1);
  const often = (separator: string): number => titles.split(separator).length;
  return SEPARATORS.reduce((most, each) => (often(each) > often(most) ? each : most));
}
