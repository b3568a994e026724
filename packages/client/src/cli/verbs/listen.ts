import { randomBytes } from 'node:crypto';
import type { Event, EventType } from '@opentopup/contract';
import { EVENT_TYPES } from '@opentopup/contract/events/event-types';
import { SECRET_PREFIX, webhookHeaders } from '@opentopup/contract/webhooks/webhook-headers';
import type { Command } from 'commander';
import { AbortedError } from '../../errors.ts';
import { eventsOf } from '../../events.ts';
import type { Cli } from '../cli.ts';
import { Misuse } from '../misuse.ts';
import type { Column } from '../output/column.ts';
import { oneOf, withExamples } from './verb.ts';

/** As long as the server waits for an endpoint. */
const PATIENCE_MS = 10_000;
const SECRET = 'OPENTOPUP_WEBHOOK_SECRET';

/** An event, and what the program that it was passed on to has answered. */
interface Told {
  event: Event;
  /** Its status. */
  answer?: number;
  answer_ms?: number;
  /** Why there is none. */
  error?: string;
}

/** The first rows say nothing of how wide the next ones will be. */
const COLUMNS: Column<Told>[] = [
  { name: 'date', kind: 'date', of: ({ event }) => event.created },
  { name: 'type', kind: 'text', of: ({ event }) => event.type, room: 26 },
  { name: 'answer', kind: 'text', of: ({ answer, error }) => answer ?? error, room: 12 },
  { name: 'answer_ms', kind: 'count', of: ({ answer_ms }) => answer_ms, room: 6 },
  { name: 'event_id', kind: 'id', of: ({ event }) => event.id },
];

interface Options {
  forward?: string;
  events?: EventType[];
  from?: string;
}

/** Gives the secret that signs, `whsec_…`: the one in the environment, or one of this run alone. */
function secretOf(env: Readonly<Record<string, string | undefined>>, complaint: string): string {
  const given = env[SECRET];
  if (given === undefined) return SECRET_PREFIX + randomBytes(24).toString('base64');
  if (!/^whsec_[A-Za-z0-9+/]{22,}={0,2}$/.test(given)) throw new Misuse(complaint);
  return given;
}

/** Posts an event as a webhook of the server is posted (Standard Webhooks), once. */
async function forward(url: string, secret: string, event: Event, signal: AbortSignal): Promise<Told> {
  const body = JSON.stringify(event);
  const headers = {
    'Content-Type': 'application/json',
    ...(await webhookHeaders(event.id, new Date(), body, [secret])),
  };
  const limit = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  const asked = performance.now();
  const waited = (): number => Math.round(performance.now() - asked);
  try {
    const { status, body: rest } = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: limit,
    });
    await rest?.cancel();
    return { event, answer: status, answer_ms: waited() };
  } catch (error) {
    if (signal.aborted) throw error;
    const { cause, name } = error as Error & { cause?: { code?: string } };
    return { event, error: cause?.code ?? name, answer_ms: waited() };
  }
}

/** Defines `listen`: shows what happens as it happens, and passes it on to a program that has no public address. */
export function defineListen(program: Command, cli: Cli): void {
  const { t } = cli;
  const listen = program
    .command('listen')
    .description(t.listen.about)
    .option('--forward <url>', t.listen.forward)
    .addOption(oneOf('--events <type...>', t.webhooks.events, EVENT_TYPES))
    .option('--from <event>', t.listen.from)
    .action(
      cli.run(async (session, { forward: url, events: types, from }: Options) => {
        const { out, signal, io } = session;
        if (url !== undefined && !/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
          throw new Misuse(t.listen.badUrl(url));
        const secret = url === undefined ? '' : secretOf(io.env, t.listen.badSecret(SECRET));
        if (url !== undefined) out.note(t.listen.signed(secret, SECRET));
        const lister = out.lister(COLUMNS);
        const wanted = { signal, ...(types && { types }), ...(from !== undefined && { from }) };
        try {
          for await (const event of eventsOf(session.client().opentopup.operations).follow(wanted)) {
            lister.add(url === undefined ? { event } : await forward(url, secret, event, signal));
            lister.flush();
          }
        } catch (error) {
          if (!signal.aborted && !(error instanceof AbortedError)) throw error;
        }
      }),
    );
  withExamples(
    listen,
    cli,
    'opentopup listen',
    'opentopup listen --forward http://localhost:3000/hook --events transaction.resolved stock.low',
  );
}
