import net from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEmail } from './email.ts';

type Act = (socket: net.Socket) => void;

/** A mail server that does as told once it has a mail, or is given a password. */
async function mailServer({ onMail, onPassword }: { onMail?: Act; onPassword?: Act }): Promise<net.Server> {
  const server = net.createServer((socket) => {
    let isMail = false;
    let text = '';
    socket.on('error', () => {});
    socket.write('220 ready\r\n');
    socket.on('data', (data) => {
      text += data.toString();
      for (;;) {
        const end = isMail ? '\r\n.\r\n' : '\r\n';
        const at = text.indexOf(end);
        if (at < 0) return;
        const line = text.slice(0, at);
        text = text.slice(at + end.length);
        if (isMail) onMail?.(socket);
        else if (line.startsWith('EHLO')) socket.write(onPassword ? '250-here\r\n250 AUTH PLAIN\r\n' : '250 here\r\n');
        else if (line.startsWith('AUTH')) onPassword?.(socket);
        else socket.write(line === 'DATA' ? '354 go on\r\n' : '250 ok\r\n');
        isMail = line === 'DATA';
      }
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return server;
}

const MESSAGE = { id: '1', recipient: 'customer@shop.example', subject: 'Recharge', body: 'Done.' };

describe('a mail', () => {
  let server: net.Server;
  let stopping = new AbortController();
  afterEach(() => {
    server?.close();
    stopping = new AbortController();
  });

  const emailBy = (url: string) => createEmail(url, 'shop@shop.example', stopping.signal);

  const sent = async (how: Parameters<typeof mailServer>[0]) => {
    server = await mailServer(how);
    const { port } = server.address() as net.AddressInfo;
    return emailBy(`smtp://${how.onPassword ? 'user:wrong@' : ''}127.0.0.1:${port}`).send(MESSAGE);
  };

  it.each<[string, string, Act]>([
    ['is sent when the server says so', 'sent', (socket) => socket.write('250 queued\r\n')],
    ['is refused when the server says so', 'refused', (socket) => socket.write('554 no\r\n')],
    ['may be tried again when the server says so', 'later', (socket) => socket.write('451 not now\r\n')],
    ['may have been taken when the connection then ends', 'unknown', (socket) => socket.end()],
    ['may have been taken when the connection then breaks', 'unknown', (socket) => socket.resetAndDestroy()],
  ])('%s', async (_, result, onMail) => {
    expect(await sent({ onMail })).toMatchObject({ result });
  });

  it('may be tried again when the password was wrong: nothing of it has left', async () => {
    const onPassword: Act = (socket) => socket.write('535 5.7.8 bad credentials\r\n');
    expect(await sent({ onPassword })).toMatchObject({ result: 'later' });
  });

  it('may be tried again when there is no server', async () => {
    server = await mailServer({});
    const { port } = server.address() as net.AddressInfo;
    await new Promise((closed) => server.close(closed));
    expect(await emailBy(`smtp://127.0.0.1:${port}`).send(MESSAGE)).toMatchObject({ result: 'later' });
  });

  it('is given up on after a time, though the server says again and again that it goes on', async () => {
    let ended = false;
    const onMail: Act = (socket) => {
      const goingOn = setInterval(() => socket.write('250-go on\r\n'), 1_000);
      socket.once('close', () => {
        ended = true;
        clearInterval(goingOn);
      });
    };
    expect(await sent({ onMail })).toEqual({ result: 'unknown', cause: 'no answer within 20 seconds' });
    await vi.waitFor(() => expect(ended).toBe(true));
  });

  it('is cut off where the program stops over it', async () => {
    expect(await sent({ onMail: () => stopping.abort() })).toEqual({
      result: 'cut',
      cause: 'the server ended while it was sent',
    });
  });
});
