import { ConnectionError } from './errors.ts';

/** A stream says that it is alive at least every 15 seconds. One that is silent for so long is given up as cut. */
const SILENCE_MS = 45_000;

/**
 * Reads the data of server-sent events (HTML Living Standard, 9.2), as they come in; ends where the server ends the
 * stream. An event that is cut off before its end is none.
 * @throws ConnectionError where the connection is cut
 */
export async function* readServerSent(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const chunk = await read(reader);
      if (!chunk) return;
      const frames = (text + decoder.decode(chunk, { stream: true })).split(/\n\n|\r\n\r\n|\r\r/);
      text = frames.pop() ?? '';
      for (const frame of frames) {
        const data = frame.split(/\r?\n|\r/).flatMap((line) => /^data: ?(.*)$/s.exec(line)?.[1] ?? []);
        if (data.length > 0) yield data.join('\n');
      }
    }
  } finally {
    void reader.cancel().catch(() => {});
  }
}

/** Reads what comes next; undefined at the end, and after a long silence. */
async function read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | undefined> {
  const timer = setTimeout(() => void reader.cancel().catch(() => {}), SILENCE_MS);
  try {
    return (await reader.read()).value;
  } catch (error) {
    throw new ConnectionError('the stream of events was cut', false, error);
  } finally {
    clearTimeout(timer);
  }
}
