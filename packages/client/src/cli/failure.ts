import {
  AbortedError,
  AnswerError,
  AuthenticationError,
  ConnectionError,
  TravelB2BError,
  UsageError,
} from '../errors.ts';
import { Declined } from './ask.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Locale } from './locale.ts';
import { Misuse } from './misuse.ts';
import type { Output } from './output/output.ts';

/** What an exception means for the program that called. */
export function exitOf(error: unknown): ExitCode {
  if (error instanceof Misuse) return EXIT.usage;
  if (error instanceof Declined) return EXIT.interrupted;
  if (!(error instanceof TravelB2BError)) return EXIT.failed;
  // Above all: somebody has to find out what became of a sale.
  if (error.sale === 'may_have_happened' || error.sale === 'did_happen') return EXIT.pending;
  if (error instanceof AbortedError) return EXIT.interrupted;
  if (error instanceof UsageError) return EXIT.usage;
  if (error instanceof AuthenticationError) return EXIT.denied;
  if (error instanceof AnswerError && error.status < 500 && error.status !== 429) return EXIT.refused;
  return EXIT.unreachable;
}

/** What went wrong, for people. */
function words(error: unknown, { t }: Locale, isVerbose: boolean): string {
  if (error instanceof Misuse) return error.message;
  if (error instanceof Declined) return t.failure.declined;
  if (error instanceof AbortedError) return t.failure.interrupted;
  if (error instanceof AuthenticationError) return t.failure.denied(error.description ?? String(error.status));
  if (error instanceof AnswerError) return t.failure.answered(error.description ?? error.message, error.reason);
  if (error instanceof ConnectionError) return t.failure.unreachable(causeOf(error));
  if (error instanceof TravelB2BError) return error.message;
  if (error instanceof Error) return isVerbose ? (error.stack ?? error.message) : error.message;
  return String(error);
}

/** What the system says about a connection: `connect ECONNREFUSED 127.0.0.1:8080`. */
function causeOf(error: Error): string {
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  const inner = causeOf(cause);
  if (inner) return inner;
  const { code } = cause as NodeJS.ErrnoException;
  return code ?? error.message;
}

/** Says what went wrong, in words or as JSON, on stderr; and gives the exit code. */
export function tellFailure(error: unknown, out: Output, stderr: NodeJS.WriteStream, isVerbose: boolean): ExitCode {
  const exit = exitOf(error);
  const { locale } = out;
  if (out.isJson) {
    stderr.write(`${JSON.stringify({ error: asJson(error, exit) })}\n`);
    return exit;
  }
  out.warn(locale.t.failure.prefix(words(error, locale, isVerbose)));
  if (error instanceof TravelB2BError) {
    const { sale, reference } = error;
    if (sale === 'may_have_happened') out.warn(locale.t.failure.mayHaveHappened(reference));
    if (sale === 'did_happen') out.warn(locale.t.failure.didHappen(reference));
    if (error instanceof AnswerError && error.requestId) out.note(locale.t.failure.requestId(error.requestId));
  }
  return exit;
}

function asJson(error: unknown, exit: ExitCode): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error), exit_code: exit };
  const { name, message } = error;
  const { status, reason, description, sale, reference, requestId } = error as Partial<AnswerError>;
  return { name, message, status, reason, description, sale, reference, request_id: requestId, exit_code: exit };
}
