import type { IdentificationCase } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { Copy } from '../../parts/copy.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { onceOnly, queries, server } from '../../server.ts';
import { useMay } from '../../session/session.ts';

const BADGES = { overdue: 'badge-ko', pending: 'badge-pending', identified: 'badge-ok' } as const;

/** An eSIM whose user has to be identified: until when, how often that one was reminded, and what to say next time. */
export function IdentificationEntry({ identification: each }: { identification: IdentificationCase }) {
  const m = useMessages();
  const f = useFormats();
  const may = useMay();
  const remind = useMutation({
    mutationFn: () =>
      server.opentopup.call('remindOfIdentification', { params: { transaction_id: each.transaction_id } }),
    retry: onceOnly,
    onSettled: () => queries.invalidateQueries({ queryKey: ['identifications'] }),
  });
  const isDue = each.status !== 'identified';
  return (
    <li className="entry">
      <span>
        <Link to={`/transactions/${each.transaction_id}`}>{each.offer_name}</Link>{' '}
        <span className={`badge ${BADGES[each.status]}`}>{m.identifications.status[each.status]}</span>
        <span className="hint">
          {[
            m.identifications.until(f.day(each.deadline)),
            m.identifications.reminders(f.number(each.reminders), each.reminders),
            each.last_reminder_date && f.moment(each.last_reminder_date),
            each.user_id,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {isDue && (
          <Copy
            label={m.identifications.words}
            text={m.identifications.tell(each.offer_name, f.day(each.deadline), each.url)}
          />
        )}
        <RefusalNote error={remind.error} once />
      </span>
      {isDue && may('remindOfIdentification') && (
        <button
          type="button"
          className="button"
          disabled={remind.isPending}
          aria-label={m.identifications.remindOf(each.offer_name, f.day(each.deadline))}
          onClick={() => remind.mutate()}
        >
          {m.identifications.remind}
        </button>
      )}
    </li>
  );
}
