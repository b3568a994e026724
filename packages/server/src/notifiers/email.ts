import { createTransport } from 'nodemailer';
import { CUT_OFF, type Notifier, type Sending } from './notifier.ts';

interface SmtpError extends Error {
  code?: string;
  /** That of the system, where `code` is the library's. */
  originalCode?: string;
  command?: string;
  responseCode?: number;
}

const CONNECT_WITHIN_MS = 5_000;
const SILENT_FOR_MS = 10_000;
/** In all: a server that speaks now and then would keep a mail for ever. */
const DEADLINE_S = 20;

/** The server could not be reached at all. */
const NOT_REACHED = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH']);
/** It was not found, or it did not let us in. */
const NOT_LET_IN = new Set(['EDNS', 'EAUTH', 'ETLS']);
/** Only its words tell a connection that never stood from one that fell silent later. */
const NEVER_STOOD = /^(Connection timeout|Greeting never received)/;

/** Says why a mail was not taken: what the mail server said, or that it never came that far. */
function failureOf(error: unknown): Sending {
  const { code = '', originalCode = '', command, responseCode, message } = error as SmtpError;
  const where = [code, originalCode, command].filter(Boolean).join(' ');
  const cause = `${responseCode === undefined ? 'no answer' : `answered ${responseCode}`} (${where})`;
  if (NOT_REACHED.has(originalCode) || NOT_LET_IN.has(code) || NEVER_STOOD.test(message)) {
    return { result: 'later', cause };
  }
  if (responseCode !== undefined) return { result: responseCode >= 500 ? 'refused' : 'later', cause };
  return { result: 'unknown', cause };
}

/**
 * Sends e-mail by SMTP.
 * @param url `smtp://user:password@host:port`, or `smtps:`
 * @param from the sender
 * @param stopping aborts when the server must end
 */
export function createEmail(url: string, from: string, stopping: AbortSignal): Notifier {
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
      const signal = AbortSignal.any([stopping, AbortSignal.timeout(DEADLINE_S * 1_000)]);
      try {
        await transport.sendMail({
          to: { name: '', address: recipient },
          subject,
          text: body,
          messageId: `<${id}@${domain}>`,
          signal,
        });
        return { result: 'sent' };
      } catch (error) {
        if ((error as Error).name !== 'AbortError') return failureOf(error);
        return stopping.aborted ? CUT_OFF : { result: 'unknown', cause: `no answer within ${DEADLINE_S} seconds` };
      }
    },
  };
}
