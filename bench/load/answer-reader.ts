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
 * @returns takes what came in; true once an answer is whole
 * @throws WrongAnswer when it is any other than expected
 */
export function createAnswerReader({ status, holds }: Expected): (came: Buffer) => boolean {
  const start = `HTTP/1.1 ${status} `;
  const held = Buffer.from(holds);
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
      return false;
    }
    before = null;
    const isExpected = head.startsWith(start) && length !== undefined && bytes.length === end;
    if (!isExpected || bytes.indexOf(held, headEnd) === -1) {
      throw new WrongAnswer(`not ${start}with ${holds}, but: ${bytes.toString('latin1', 0, LONGEST_TOLD)}`);
    }
    return true;
  };
}
