import { AbortedError, AnswerError, AuthenticationError, TravelB2BError, UsageError } from '../errors.ts';
import { Declined } from './ask.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { exactly, explain } from './explain.ts';
import { Misuse } from './misuse.ts';
import type { CommandOutput } from './output/output.ts';

/** Tells what an exception means for the program that called. */
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

/** Says what went wrong, in words or as JSON, on stderr; and gives the exit code. */
export function tellFailure(
  error: unknown,
  out: CommandOutput,
  stderr: NodeJS.WriteStream,
  isVerbose: boolean,
): ExitCode {
  const exit = exitOf(error);
  const { locale } = out;
  if (out.isJson) {
    stderr.write(`${JSON.stringify({ error: asJson(error, exit) })}\n`);
    return exit;
  }
  out.warn(locale.t.failure.prefix(explain(error, locale)));
  if (isVerbose && error instanceof Error && !(error instanceof TravelB2BError)) out.note(error.stack ?? error.message);
  if (error instanceof AnswerError) {
    const exact = isVerbose ? error.description : exactly(error, locale);
    if (exact) out.note(exact);
  }
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
