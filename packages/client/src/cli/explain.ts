import { serverWords } from '@opentopup/contract/messages/server-words';
import { staffMessage } from '@opentopup/contract/messages/staff-messages';
import { periodEnd } from '@opentopup/contract/statements/period-end';
import { AbortedError, AnswerError, AuthenticationError, ConnectionError, TravelB2BError } from '../errors.ts';
import { Declined } from './ask.ts';
import type { Locale } from './locale.ts';
import { Misuse } from './misuse.ts';

/** Tells what went wrong, in words for whoever sits at the terminal. Those of the API and of the system are English. */
export function explain(error: unknown, { t, language }: Locale): string {
  if (error instanceof Misuse) return error.message;
  if (error instanceof Declined) return t.failure.declined;
  if (error instanceof AbortedError) return t.failure.interrupted;
  if (error instanceof AnswerError) {
    const { reason, status } = error;
    const why = reason ? `${staffMessage(reason, language)} (${reason})` : t.failure.odd(status);
    return error instanceof AuthenticationError ? t.failure.denied(why) : t.failure.answered(why);
  }
  if (error instanceof ConnectionError) return t.failure.unreachable(systemFault(error, language));
  if (language === 'en' && error instanceof Error) return error.message;
  return error instanceof TravelB2BError ? t.failure.unreadable : t.failure.unexpected;
}

/** Tells what the API says exactly, for whoever reads English; for others at least which field it is about. */
export function exactly({ description = '', reason }: AnswerError, { t, language, date }: Locale): string {
  const instant = periodEnd({ description, reason });
  if (instant)
    return reason === 'period_closed' ? t.failure.periodClosed(date(instant)) : t.failure.periodOver(date(instant));
  if (language === 'en') return description;
  const field = /^(?:invalid|missing) (\S+) (?:parameter in (?:body|query)|header)/.exec(description)?.[1];
  return field ? t.failure.field(field) : (serverWords(description, language) ?? '');
}

/**
 * Tells what the system says about a connection or a file: `connect ECONNREFUSED 127.0.0.1:8080`; its code in any
 * language.
 */
export function systemFault(error: unknown, language: Locale['language']): string {
  if (!(error instanceof Error)) return '';
  const inner = systemFault(error.cause, language);
  if (inner) return inner;
  const { code, message, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  if (language === 'en' && message) return message;
  const at = address === undefined ? '' : ` ${[address, port].filter(Boolean).join(':')}`;
  return code === undefined ? '' : `${code}${at}`;
}
