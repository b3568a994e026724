import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { generate, type LoadJob } from './generate.ts';

const SOLD = '{"status":"ok"}';
const target = { token: 'a.token', offer_id: '01a20d0a-a88a-7427-b76b-a9142b9d9596' };

let server: Server;
afterEach(() => server.close());

/** A server that leaves the answer of each request to `serve`, and how to ask it. */
async function serving(serve: (answer: ServerResponse) => void): Promise<Omit<LoadJob, 'connections'>> {
  server = createServer((request, answer) => request.resume().on('end', () => serve(answer)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, warmup_ms: 100, measure_ms: 1_000, ask: { order: [target], keyEvery: 0 } };
}

const sell = (answer: ServerResponse): void => {
  answer.writeHead(201, { 'content-length': SOLD.length }).end(SOLD);
};
const ignore = (): void => {};

describe('a load that does not wait', () => {
  it('comes at its rate, and does not overlook that the server stood still', async () => {
    const STOOD_MS = 400;
    const from = performance.now();
    const stands = (): boolean => Math.abs(performance.now() - from - 700) < STOOD_MS / 2;
    const held: ServerResponse[] = [];
    const job = await serving((answer) => {
      if (stands()) held.push(answer);
      else sell(answer);
    });
    setTimeout(() => held.forEach(sell), 700 + STOOD_MS / 2);

    // With one connection, nobody can even ask meanwhile.
    const { rate, p50_ms, p99_ms } = await generate({ ...job, connections: 1, rate: 200 }, ignore);
    expect(rate).toBeCloseTo(200, -1);
    expect(p99_ms).toBeGreaterThan(STOOD_MS * 0.8);
    expect(p50_ms).toBeLessThan(STOOD_MS);
  });
});

describe('a load that waits for answers', () => {
  it('tells the rate of a server that answers in waves, wherever the measured time begins', async () => {
    const CONNECTIONS = 10;
    const WAVE_MS = 400;
    let waiting: ServerResponse[] = [];
    const answered: number[] = [];
    const job = await serving((answer) => waiting.push(answer));
    const waves = setInterval(() => {
      const answers = waiting;
      waiting = [];
      answered.push(performance.now());
      answers.forEach(sell);
    }, WAVE_MS);
    try {
      for (const warmup_ms of [50, 390]) {
        const { rate } = await generate({ ...job, connections: CONNECTIONS, warmup_ms, measure_ms: 500 }, ignore);
        // A busy machine delays waves: the rate is that of those that there were.
        const apart = answered.slice(1).map((at, wave) => at - (answered[wave] ?? at));
        expect(rate).toBeGreaterThan((CONNECTIONS / Math.max(...apart)) * 1_000 * 0.9);
        expect(rate).toBeLessThan((CONNECTIONS / Math.min(...apart)) * 1_000 * 1.1);
      }
    } finally {
      clearInterval(waves);
    }
  });

  it('fails at the first answer that is no sale', async () => {
    let answers = 0;
    const refusal = '{"reason":"bucket_empty"}';
    const job = await serving((answer) => {
      answers += 1;
      if (answers < 50) sell(answer);
      else answer.writeHead(400, { 'content-length': refusal.length }).end(refusal);
    });
    await expect(generate({ ...job, connections: 4 }, ignore)).rejects.toThrow('bucket_empty');
  });

  it('fails when the server breaks a connection', async () => {
    const job = await serving((answer) => answer.destroy());
    await expect(generate({ ...job, connections: 2 }, ignore)).rejects.toThrow('connection');
  });
});
