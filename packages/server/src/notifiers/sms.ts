import { CUT_OFF, type Notifier } from './notifier.ts';

const ANSWERS_WITHIN_MS = 10_000;
/** The connection never stood, so nothing was sent. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

const codeOf = (error: unknown): string | undefined => (error as { cause?: { code?: string } }).cause?.code;

/**
 * Sends SMS through a gateway over HTTP: `{"id", "to", "text"}` is posted to it as JSON, and any answer of success means
 * that it has taken the message. The `id` is the same each time a message is tried.
 * @param token sent as a bearer token; null: none
 * @param stopping aborts when the server must end
 */
export function createSms(url: string, token: string | null, stopping: AbortSignal): Notifier {
  const headers = { 'content-type': 'application/json', ...(token !== null && { authorization: `Bearer ${token}` }) };
  return {
    async send({ id, recipient, body }) {
      try {
        const {
          status,
          ok,
          body: said,
        } = await fetch(url, {
          method: 'POST',
          headers,
          body: JSON.stringify({ id, to: recipient, text: body }),
          redirect: 'error',
          signal: AbortSignal.any([stopping, AbortSignal.timeout(ANSWERS_WITHIN_MS)]),
        });
        // Its status has said all; what else it sends is not waited for.
        void said?.cancel().catch(() => {});
        if (ok) return { result: 'sent' };
        const cause = `the gateway answers ${status}`;
        if (status === 429 || status === 503) return { result: 'later', cause };
        return { result: status < 500 ? 'refused' : 'unknown', cause };
      } catch (error) {
        if (error === stopping.reason) return CUT_OFF;
        const code = codeOf(error);
        const cause = code ?? (error instanceof Error ? error.name : 'failed');
        return { result: code !== undefined && NEVER_SENT.has(code) ? 'later' : 'unknown', cause };
      }
    },
  };
}
