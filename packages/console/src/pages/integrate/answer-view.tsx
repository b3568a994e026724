import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { Copy } from '../../parts/copy.tsx';
import { Facts } from '../../parts/facts.tsx';
import type { CallAnswer } from './send.ts';

/** What the server has said, as it said it. */
export function AnswerView({ answer: { status, duration_ms, headers, body } }: { answer: CallAnswer }) {
  const m = useMessages();
  const f = useFormats();
  return (
    <>
      <p>
        <span className={`badge ${status < 400 ? 'badge-ok' : 'badge-ko'}`}>{status}</span>{' '}
        {m.integrate.took(f.number(duration_ms))}
      </p>
      <Facts facts={headers} />
      <Copy key={body} text={body} label={m.integrate.body} />
    </>
  );
}
