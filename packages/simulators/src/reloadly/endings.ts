import { isReloadlyError, type ReloadlyError } from './answers.ts';

export const RELOADLY_STATES = ['PROCESSING', 'SUCCESSFUL', 'REFUNDED', 'FAILED'] as const;
export type ReloadlyState = (typeof RELOADLY_STATES)[number];

/** How an order goes. */
export interface TopupEnding {
  state: ReloadlyState;
  /** Why: the code that stands beside the state, or in a refusal at once. */
  code: ReloadlyError | null;
  after_ms: number;
  /** Refused before it is taken. */
  isRefusal: boolean;
}

/** The vendor's sandbox needs about so long. */
const USUAL_MS = 9_000;
const HOUR_MS = 3_600_000;

const ends = (state: ReloadlyState, code: ReloadlyError | null = null, after_ms = USUAL_MS): TopupEnding => ({
  state,
  code,
  after_ms,
  isRefusal: false,
});
const refuses = (code: ReloadlyError): TopupEnding => ({ ...ends('FAILED', code), isRefusal: true });

/** What the last three digits of a number come to. The vendor has no such numbers; these are the simulator's. */
const BY_DIGITS: Readonly<Record<string, TopupEnding>> = {
  '901': refuses('INVALID_RECIPIENT_PHONE'),
  '902': refuses('PHONE_BANNED_BY_OPERATOR'),
  '903': refuses('PHONE_RECENTLY_RECHARGED'),
  '904': refuses('TRANSACTION_REFUSED_BY_OPERATOR'),
  '905': ends('FAILED', 'OPERATOR_UNAVAILABLE_OR_CURRENTLY_INACTIVE'),
  '906': ends('REFUNDED'),
  '907': ends('REFUNDED', null, HOUR_MS),
  '908': ends('SUCCESSFUL', null, HOUR_MS),
  '909': refuses('TRANSACTION_CANNOT_BE_PROCESSED_AT_THE_MOMENT'),
};

/** Tells how an order for a number goes. */
export const endingOfNumber = (number: string): TopupEnding => BY_DIGITS[number.slice(-3)] ?? ends('SUCCESSFUL');

/** Reads a planned ending: a state, a state and a code, or a code for a refusal at once. Null for none of these. */
export function readEnding(text: string): TopupEnding | null {
  const [first = '', code = null] = text.split(' ');
  if (code !== null && !isReloadlyError(code)) return null;
  const state = RELOADLY_STATES.find((each) => each === first);
  if (state) return ends(state, code);
  return code === null && isReloadlyError(first) ? refuses(first) : null;
}
