import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createSms } from './sms.ts';

it('an SMS is cut off where the program stops over it', async () => {
  const stopping = new AbortController();
  const gateway = createServer(() => stopping.abort());
  await new Promise<void>((ready) => gateway.listen(0, '127.0.0.1', ready));
  const { port } = gateway.address() as AddressInfo;
  const sms = createSms(`http://127.0.0.1:${port}/send`, null, stopping.signal);
  const message = { id: '1', recipient: '+33684587587', subject: '', body: 'Done.' };
  expect(await sms.send(message)).toEqual({ result: 'cut', cause: 'the server ended while it was sent' });
  gateway.close();
});
