import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { Field } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import type { LineSearch } from './use-line-search.ts';

interface Props {
  text: string;
  line: LineSearch;
  onText: (text: string) => void;
  /** The id of what is read aloud with the field. */
  about?: string | undefined;
  /** Told that what is typed is whole. */
  onEnter: () => void;
  children?: ReactNode;
}

/** The one field from which a sale begins: a number, a scan or a name. It has the keyboard as soon as it is there. */
export function LineSearchForm({ text, line, about, onText, onEnter, children }: Props) {
  const m = useMessages();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const enter = (event: FormEvent): void => {
    event.preventDefault();
    onEnter();
  };
  return (
    <search className="line-search no-print">
      <form onSubmit={enter}>
        <Field
          ref={field}
          label={m.sell.search}
          type="search"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="next"
          className="line-input"
          aria-describedby={about}
          value={text}
          onChange={(event) => onText(event.target.value)}
        />
      </form>
      <LineHint line={line} />
      {line.ask && !line.found && (
        <button type="button" className="button" disabled={line.isAsking} onClick={line.ask}>
          {m.sell.askNetwork}
        </button>
      )}
      <RefusalNote error={line.error} />
      {children}
    </search>
  );
}

/** What is known of a line that is typed. */
function LineHint({ line: { kind, country, whole, found } }: { line: LineSearch }) {
  const m = useMessages();
  const f = useFormats();
  if (kind === 'simId') return <p className="hint">{m.sell.serial}</p>;
  if (kind === null || country === undefined) return null;
  const told = whole === undefined ? f.country(country) : m.sell.numberFound(whole, f.country(country));
  if (!found) return <p className="hint">{told}</p>;
  const names = found.networks.map(({ name }) => name).join(', ');
  const isSure = found.networks.some(({ identified }) => identified);
  const network = names === '' ? m.sell.networkUnknown : isSure ? m.sell.network(names) : m.sell.networkLikely(names);
  return (
    <p className="hint" role="status">
      {told} · {network}
    </p>
  );
}
