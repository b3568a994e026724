import { describe, expect, it } from 'vitest';
import { readServerSent } from './server-sent.ts';

/** What is read of a text that comes in such pieces. */
async function readOf(pieces: Uint8Array[], end: (stream: ReadableStreamDefaultController) => void): Promise<string[]> {
  const left = [...pieces];
  const body = new ReadableStream<Uint8Array>({
    pull(stream) {
      const piece = left.shift();
      if (piece) stream.enqueue(piece);
      else end(stream);
    },
  });
  const all: string[] = [];
  for await (const data of readServerSent(body)) all.push(data);
  return all;
}

const TEXT = ': beat\n\nretry: 2000\n\nid: 1\nevent: x\ndata: {"é":"\u2028"}\n\ndata:two\ndata: lines\n\ndata: cut off';
const bytesOf = (text: string, size: number): Uint8Array[] => {
  const bytes = new TextEncoder().encode(text);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
};

describe('a stream of server-sent events', () => {
  it.each(['\n', '\r\n', '\r'])('is read whatever pieces it comes in, with lines that end in %j', async (end) => {
    for (const size of [1, 2, 7, 1_000]) {
      const read = await readOf(bytesOf(TEXT.replaceAll('\n', end), size), (stream) => stream.close());
      expect(read).toEqual(['{"é":"\u2028"}', 'two\nlines']);
    }
  });

  it('that is cut says so', async () => {
    const cut = readOf(bytesOf(TEXT, 10), (stream) => stream.error(new TypeError('terminated')));
    await expect(cut).rejects.toMatchObject({ name: 'ConnectionError', transient: true });
  });
});
