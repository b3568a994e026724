import type { Webhook } from '@opentopup/contract';
import { useMessages } from '../../../language/language.ts';

/** Whether an endpoint is told anything, and why not. */
export function WebhookState({ webhook: { status, pause_reason, failing_since_date } }: { webhook: Webhook }) {
  const m = useMessages();
  if (status === 'paused') return <span className="badge badge-ko">{m.webhooks.paused[pause_reason ?? 'asked']}</span>;
  return failing_since_date ? (
    <span className="badge badge-pending">{m.webhooks.failing}</span>
  ) : (
    <span className="badge badge-ok">{m.webhooks.active}</span>
  );
}
