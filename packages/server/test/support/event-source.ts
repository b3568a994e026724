import type { RunningServer } from './server.ts';

/** An event as a stream tells it. */
export interface Streamed {
  id: string;
  type: string;
  /** Parsed; tests look into it freely. */
  data: any;
}

/** A client of a stream of events, as EventSource is one, but with a token. */
export interface EventSource {
  status: number;
  events: Streamed[];
  /** Cuts the connection. */
  cut: () => void;
  /** Resolves once the stream has ended, by whoever. */
  ended: Promise<void>;
}

/** Begins behind an event, or now. */
export async function openStream(
  server: RunningServer,
  token: string,
  { path = '/v1/events/stream', after }: { path?: string; after?: string | undefined } = {},
): Promise<EventSource> {
  const connection = new AbortController();
  const headers = { authorization: `Bearer ${token}`, ...(after !== undefined && { 'last-event-id': after }) };
  const response = await fetch(server.baseUrl + path, { headers, signal: connection.signal });
  const events: Streamed[] = [];
  const isStream = response.headers.get('content-type') === 'text/event-stream';

  const readAll = async (): Promise<void> => {
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const frames = (text + chunk).split('\n\n');
      text = frames.pop() ?? '';
      for (const frame of frames) {
        const fields = new Map(frame.split('\n').map((line) => line.split(/: ?(.*)/s) as [string, string]));
        const [id, type, data] = ['id', 'event', 'data'].map((name) => fields.get(name));
        if (id && type && data) events.push({ id, type, data: JSON.parse(data) });
      }
    }
  };
  const ended = isStream ? readAll().catch(() => {}) : Promise.resolve();
  return { status: response.status, events, cut: () => connection.abort(), ended };
}
