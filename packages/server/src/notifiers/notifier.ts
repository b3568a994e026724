/** A message to one person. */
export interface Message {
  /** Names the message: the same each time it is tried. */
  id: string;
  recipient: string;
  /** Of an e-mail. */
  subject: string;
  body: string;
}

/**
 * What came of a sending. `later`: it was certainly not taken, and may be tried again. `refused`: neither taken, nor will it
 * be. `unknown`: it may have been taken. `cut`: the same, because the server stops, which says nothing of the recipient.
 */
export type Sending = { result: 'sent' } | NotSent;
export interface NotSent {
  result: 'later' | 'refused' | 'unknown' | 'cut';
  cause: string;
}

/** What came of a sending that was under way when the server stopped. */
export const CUT_OFF: NotSent = { result: 'cut', cause: 'the server ended while it was sent' };

/** Brings messages to people. */
export interface Notifier {
  /** Sends a message, within seconds; cut off where the server stops. It throws only where the database is down. */
  send: (message: Message) => Promise<Sending>;
  /** Told of a message that was tried for the last time. */
  giveUp?: (message: Message, failure: NotSent) => Promise<void>;
}

/** The ways in which messages can be sent; null where the operator has not set one up. */
export interface Notifiers {
  email: Notifier | null;
  sms: Notifier | null;
  chat: Notifier | null;
}

/** Where the operator has set up none. */
export const NO_NOTIFIERS: Notifiers = { email: null, sms: null, chat: null };
