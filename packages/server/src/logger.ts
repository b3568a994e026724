import { type DestinationStream, type Logger, pino } from 'pino';

/** Digits that may be somebody's number, in the text of an error. */
const LONG_NUMBER = /\d{6,}/g;
const masked = (text: string): string => text.replaceAll(LONG_NUMBER, '…');

const FLUSH_EVERY_MS = 500;
const FLUSH_AFTER_BYTES = 8 * 1024;

/**
 * Standard output. What merely happened is written a little later and in one piece; errors are written at once, because
 * the process may not live to do it later.
 */
export function standardOutput(): DestinationStream {
  const later = pino.destination({ sync: false, minLength: FLUSH_AFTER_BYTES, periodicFlush: FLUSH_EVERY_MS });
  process.on('exit', () => later.flushSync());
  const atOnce = pino.destination({ sync: true });
  return pino.multistream(
    [
      { level: 'debug', stream: later },
      { level: 'error', stream: atOnce },
    ],
    { dedupe: true },
  );
}

/** The log: JSON lines. Errors are told by their kind, code and place, without the values they mention. */
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
