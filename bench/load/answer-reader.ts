const END_OF_HEAD = Buffer.from('\r\n\r\n');
const LONGEST_TOLD = 400;

/** What an answer must be to count. */
export interface Expected {
  status: number;
  /** Text that its body must hold. */
  holds: string;
}

/** An answer that may not be counted: the run is worth nothing. */
class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer';
}

/**
 * Reads the answers of one connection, one at a time.
 * @returns takes what came in; once an answer is whole, which of those expected it is
 * @throws WrongAnswer when it is none of them
 */
export function createAnswerReader(...expected: readonly Expected[]): (came: Buffer) => Expected | null {
  const wanted = expected.map((each) => ({ each, start: `HTTP/1.1 ${each.status} `, held: Buffer.from(each.holds) }));
  let before: Buffer | null = null;

  return (came) => {
    const bytes = before === null ? came : Buffer.concat([before, came]);
    const headEnd = bytes.indexOf(END_OF_HEAD);
    const head = headEnd === -1 ? '' : bytes.toString('latin1', 0, headEnd);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    const end = headEnd + END_OF_HEAD.length + Number(length ?? 0);
    if (headEnd === -1 || bytes.length < end) {
      // What came lies in a buffer that is used again.
      before = Buffer.from(bytes);
      return null;
    }
    before = null;
    const isOne = length !== undefined && bytes.length === end;
    const found = wanted.find(({ start, held }) => head.startsWith(start) && bytes.indexOf(held, headEnd) !== -1);
    if (!isOne || !found) {
      const names = wanted.map(({ start, each }) => `${start}with ${each.holds}`).join(' or ');
      throw new WrongAnswer(`not ${names}, but: ${bytes.toString('latin1', 0, LONGEST_TOLD)}`);
    }
    return found.each;
  };
}
