import { Misuse } from './misuse.ts';
import type { CliSession } from './session.ts';

/** Somebody was asked and wants out. */
export class Declined extends Error {
  override readonly name = 'Declined';
}

/** Asks for yes or no; no unless told. */
export async function confirm({ io, t }: CliSession, question: string): Promise<boolean> {
  const { confirm: ask, isCancel } = await import('@clack/prompts');
  const answer = await ask({
    message: question,
    active: t.ask.yes,
    inactive: t.ask.no,
    initialValue: false,
    input: io.stdin(),
    output: io.stderr,
  });
  return !isCancel(answer) && answer;
}

/**
 * Asks for a text.
 * @throws Declined
 */
export async function askText({ io, t }: CliSession, message: string, initialValue = ''): Promise<string> {
  const { text, isCancel } = await import('@clack/prompts');
  const validate = (value: string | undefined): string | undefined => (value?.trim() ? undefined : t.ask.needed);
  const answer = await text({ message, initialValue, validate, input: io.stdin(), output: io.stderr });
  if (isCancel(answer)) throw new Declined();
  return answer.trim();
}

/**
 * Asks for a secret, which is not shown; or reads it where nobody is there to be asked.
 * @throws Declined, Misuse where there is none
 */
export async function askSecret({ io, t, mayAsk }: CliSession, message: string): Promise<string> {
  if (!mayAsk) {
    let text = '';
    if (!io.isTyped) for await (const chunk of io.stdin()) text += chunk;
    if (!text.trim()) throw new Misuse(t.ask.noSecret);
    return text.trim();
  }
  const { password, isCancel } = await import('@clack/prompts');
  const validate = (value: string | undefined): string | undefined => (value?.trim() ? undefined : t.ask.needed);
  const answer = await password({ message, validate, input: io.stdin(), output: io.stderr });
  if (isCancel(answer)) throw new Declined();
  return answer.trim();
}
