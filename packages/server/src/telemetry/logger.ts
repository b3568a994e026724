import { writeSync } from 'node:fs';
import { type DestinationStream, type Logger, pino } from 'pino';

/** Digits that may be somebody's number, in the text of an error. */
const LONG_NUMBER = /\d{6,}/g;
const masked = (text: string): string => text.replaceAll(LONG_NUMBER, '…');

const FLUSH_EVERY_MS = 500;
const FLUSH_AFTER_BYTES = 8 * 1024;

/**
 * Standard output. What merely happened is written a little later and in one piece; errors are written at once, because
 * the process may not live to do it later.
 * @param onNobodyReads told, once, when what reads it has ended
 */
export function standardOutput(onNobodyReads: () => void): DestinationStream {
  const pieces = pino.destination({ sync: false });
  const atOnce = pino.destination({ sync: true });
  let waiting = '';
  const flush = (): void => {
    if (waiting !== '') pieces.write(waiting);
    waiting = '';
  };
  const later: DestinationStream = {
    write(line) {
      waiting += line;
      if (waiting.length >= FLUSH_AFTER_BYTES) flush();
    },
  };
  setInterval(flush, FLUSH_EVERY_MS).unref();
  process.on('exit', () => writeLast(waiting));

  // At the end the library tries for ever to write what is left, also to a full disk. Where it could not once, it need not.
  pieces.on('error', () => {
    pieces.flushSync = () => {};
  });
  let isRead = true;
  for (const stream of [pieces, atOnce, process.stdout]) {
    stream.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code !== 'EPIPE' || !isRead) return;
      isRead = false;
      onNobodyReads();
    });
  }
  return pino.multistream(
    [
      { level: 'debug', stream: later },
      { level: 'error', stream: atOnce },
    ],
    { dedupe: true },
  );
}

const LAST_TRIES = 100;
const LAST_PAUSE_MS = 10;

/**
 * Writes what is left while the process ends, where that can be done: a reader that is behind is given a second.
 */
function writeLast(text: string): void {
  const bytes = Buffer.from(text);
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let written = 0, tries = 0; written < bytes.length && tries < LAST_TRIES; ) {
    try {
      written += writeSync(process.stdout.fd, bytes, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      tries += 1;
      Atomics.wait(clock, 0, 0, LAST_PAUSE_MS);
    }
  }
}

/** Creates the log: JSON lines. Errors are told by their kind, code and place, without the values they mention. */
export function createLogger(level: string, destination: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: {
      err: (error: unknown) => {
        if (!(error instanceof Error)) return { kind: typeof error };
        const { name, message, stack, cause } = error;
        const { code } = error as { code?: unknown };
        return {
          kind: name,
          ...(typeof code === 'string' && { code }),
          message: masked(message),
          stack: masked(stack ?? ''),
          ...(cause instanceof Error && { cause: masked(cause.message) }),
        };
      },
    },
  };
  return pino(options, destination);
}
