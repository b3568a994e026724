import { createTransport } from 'nodemailer';
import type { Notifier, Sending } from './notifier.ts';

const CONNECT_WITHIN_MS = 5_000;
const SILENT_FOR_MS = 10_000;

/** Why a mail was not taken: what the mail server said, or that it never came so far. */
function failureOf(error: unknown): Sending {
  const { code, command, responseCode } = error as { code?: string; command?: string; responseCode?: number };
  const cause = [code, command, responseCode].filter((part) => part !== undefined).join(' ');
  if (responseCode !== undefined) return { result: responseCode >= 500 ? 'refused' : 'later', cause };
  // Nothing of the mail itself has left before the connection stands.
  if (command === 'CONN' || code === 'EDNS' || code === 'EAUTH' || code === 'ETLS') return { result: 'later', cause };
  return { result: 'unknown', cause };
}

/**
 * Sends e-mail by SMTP.
 * @param url `smtp://user:password@host:port`, or `smtps:`
 * @param from the sender
 */
export function createEmail(url: string, from: string): Notifier {
  const transport = createTransport(url, {
    from,
    // Texts of others go into the mails: they lead to no file or address here.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  Object.assign(transport.options, {
    connectionTimeout: CONNECT_WITHIN_MS,
    greetingTimeout: CONNECT_WITHIN_MS,
    socketTimeout: SILENT_FOR_MS,
  });
  const domain = from.replace(/^.*@|>.*$/g, '');
  return {
    async send({ id, recipient, subject, body }) {
      try {
        await transport.sendMail({
          to: { name: '', address: recipient },
          subject,
          text: body,
          messageId: `<${id}@${domain}>`,
        });
        return { result: 'sent' };
      } catch (error) {
        return failureOf(error);
      }
    },
  };
}
