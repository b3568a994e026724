import { staffMessage } from '@opentopup/contract';
import { useFormats } from '../../language/format.ts';
import { useLanguage, useMessages } from '../../language/language.ts';
import { useServerWords } from '../../language/server-words.ts';
import { usePerson } from '../../parts/use-person.ts';
import type { AnyTransaction } from './any-transaction.ts';

interface Step {
  date: string | undefined;
  title: string;
  text?: string | undefined;
}

/** What happened, in its order. */
export function TimeLine({ transaction: t }: { transaction: AnyTransaction }) {
  const m = useMessages();
  const f = useFormats();
  const language = useLanguage();
  const person = usePerson();
  const cause = useServerWords()(t.pending_cause ?? '') || undefined;
  const end = t.status === 'pending' || t.status === 'created' ? null : t.status;
  const steps: Step[] = [{ date: t.creation_date, title: m.timeLine.ordered, text: m.timeLine.held }];
  if (!end && t.change_date !== t.creation_date) {
    steps.push({ date: t.change_date, title: m.timeLine.silent, text: cause });
  }
  if (!end) steps.push({ date: t.next_look_date, title: m.timeLine.looking, text: m.timeLine.lookingHint });
  else if (t.reversal) {
    steps.push({
      date: t.reversal.date,
      title: m.reversal.reversed,
      text: `${m.reversal.reasons[t.reversal.reason]}. ${m.timeLine.units.ko}`,
    });
  } else {
    const told = t.reason && staffMessage(t.reason, language);
    const said = t.supplier_message && m.timeLine.supplierSaid(t.supplier_message);
    const { decision } = t;
    const decided = decision && m.timeLine.decided(person(decision.decided_by), decision.justification);
    const text = [told, decision ? decided : said, m.timeLine.units[end]].filter(Boolean).join(' ');
    steps.push({ date: t.change_date, title: m.outcome[end], text });
  }
  if (t.late_delivery) {
    const text = t.late_delivery.owed ? m.timeLine.owed : m.timeLine.units.ok;
    steps.splice(1, 0, { date: t.late_delivery.date, title: m.timeLine.deliveredLate, text });
  }
  return (
    <section className="card" aria-label={m.timeLine.title}>
      <h2>{m.timeLine.title}</h2>
      <ol className="time-line">
        {steps.map(({ date, title, text }) => (
          <li key={title}>
            <strong>{title}</strong>
            {date && <time dateTime={date}>{f.moment(date)}</time>}
            {text && <p className="hint">{text}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
