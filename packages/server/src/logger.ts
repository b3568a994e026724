import { type DestinationStream, type Logger, pino } from 'pino';

/** Digits that may be somebody's number, in the text of an error. */
const LONG_NUMBER = /\d{6,}/g;
const masked = (text: string): string => text.replaceAll(LONG_NUMBER, '…');

/** The log: JSON lines. Errors are told by their kind, code and place, without the values they mention. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
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
  return destination ? pino(options, destination) : pino(options);
}
