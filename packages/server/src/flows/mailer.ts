/** Sends e-mail. */
export interface Mailer {
  /** @throws when it could not be handed over */
  send: (mail: { to: string; subject: string; text: string }) => Promise<void>;
}
