import type { Outcome } from './connector.ts';
import type { Sent } from './http-transport.ts';

/** Gives the outcome of an answer that came whole, and is not as its supplier says that its answers are. */
export const oddAnswer = (cause: string): Outcome => ({ outcome: 'unknown', cause, is_odd: true });

/** Gives the outcome of a request that was sent, and of which no answer could be read. */
export const noAnswer = ({ why, is_odd }: Extract<Sent, { sent: 'no_answer' }>): Outcome =>
  is_odd ? oddAnswer(why) : { outcome: 'unknown', cause: why };
