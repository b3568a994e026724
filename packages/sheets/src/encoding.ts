import { SheetError } from './sheet-error.ts';

/** In what a text is written. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
export type Source = () => AsyncIterable<Uint8Array>;

/** What stands at 0x80 to 0x9F. What is no character there is left as it is, to be found. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
/** What nobody writes: an older encoding (of the Macintosh, of DOS) that is taken for Windows-1252. */
const NONSENSE = /[\x80-\x9f]|\p{Ll}[‚ƒ„†‡ˆ‰˜ŽŠ]/u;

/** Marks that say it; then, for UTF-16 without one, on which side of the first letter the zero is. */
function announced([a, b, c]: Uint8Array): Encoding | null {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if ((a === 0xff && b === 0xfe) || (a !== 0 && b === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b !== 0 && b !== undefined)) return 'utf-16be';
  return null;
}

/**
 * Finds the encoding of a text: what its first bytes say; else UTF-8, where all of it is; else Windows-1252, where that
 * makes sense.
 * @throws SheetError where it cannot be told: then nothing is read, rather than something else than was written
 */
export async function encodingOf(source: Source, head: Uint8Array): Promise<Encoding> {
  const encoding = announced(head) ?? 'utf-8';
  if (await isText(textOf(source, encoding))) return encoding;
  if (announced(head) !== null || head.includes(0)) throw new SheetError({ kind: 'no_text' });
  let last = '';
  for await (const text of textOf(source, 'windows-1252')) {
    if (text.includes('\0')) throw new SheetError({ kind: 'no_text' });
    if (NONSENSE.test(last + text)) throw new SheetError({ kind: 'unknown_encoding' });
    last = text.slice(-1);
  }
  return 'windows-1252';
}

async function isText(texts: AsyncIterable<string>): Promise<boolean> {
  try {
    for await (const text of texts) if (text.includes('\0')) return false;
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/**
 * Gives the text of a source, without byte order mark.
 * @throws TypeError for what is not written so
 */
export async function* textOf(source: Source, encoding: Encoding): AsyncGenerator<string, void, undefined> {
  if (encoding === 'windows-1252') {
    for await (const { buffer, byteOffset, byteLength } of source()) {
      const text = Buffer.from(buffer, byteOffset, byteLength).toString('latin1');
      yield text.replaceAll(/[\x80-\x9f]/g, (each) => WINDOWS_1252[each.charCodeAt(0) - 0x80] ?? each);
    }
    return;
  }
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const bytes of source()) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}
