import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Mail {
  from: string;
  to: string[];
  /** As it was sent, headers and all. */
  text: string;
}

/** A mail server that keeps what it is sent. */
export interface MailServer {
  url: string;
  mails: Mail[];
  /** Has it answer the next mails so; null: it takes them. */
  refuseWith: (code: number | null) => void;
  /** Has it leave the next mails without an answer, or not. */
  hold: (isOn: boolean) => void;
  /** How many senders wait for an answer that does not come. */
  held: () => number;
  stop: () => Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const mails: Mail[] = [];
  let refusal: number | null = null;
  let isHolding = false;
  const held = new Set<string>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onClose: ({ id }) => void held.delete(id),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (isHolding) {
          held.add(session.id);
          return;
        }
        if (refusal !== null) {
          done(Object.assign(new Error('not now'), { responseCode: refusal }));
          return;
        }
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString('utf8'),
        });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    refuseWith: (code) => {
      refusal = code;
    },
    hold: (isOn) => {
      isHolding = isOn;
    },
    held: () => held.size,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
