import { AnswerError } from '@opentopup/client';
import { lineMessage, type Reason, staffMessage } from '@opentopup/contract';
import { periodEnd } from '@opentopup/contract/statements/period-end';
import { useFormats } from '../language/format.ts';
import { useLanguage, useMessages } from '../language/language.ts';
import { useServerWords } from '../language/server-words.ts';
import { isDoubtful } from '../server.ts';

/** Gives the reason of a refusal; none where the server did not give one. */
export const reasonIn = (error: unknown): Reason | undefined =>
  error instanceof AnswerError ? error.reason : undefined;

/** The descriptions that say what of a request is wrong, and how. */
const NAMED = /^(?:invalid|missing) (?<field>\S+) (?:parameter in (?:body|query)|header)(?:: (?<detail>.*))?$/;
const BARE = /^(?:invalid public key|invalid CSV|this file is not of this supplier): (?<detail>.*)$/;

/** Tells what exactly is wrong, as far as there are words for it in the language chosen. */
function useExactly(): (error: AnswerError) => string {
  const m = useMessages();
  const f = useFormats();
  const words = useServerWords();
  return ({ reason, description = '' }) => {
    const end = periodEnd({ reason, description });
    if (end) return m.periodEnd(f.moment(end));
    const { field, detail } = (NAMED.exec(description) ?? BARE.exec(description))?.groups ?? {};
    const label = field && (m.fields[field as keyof typeof m.fields] ?? field);
    return [label, detail && words(detail)].filter(Boolean).join(m.colon);
  };
}

/** Says what of an error is about a field, for the field to show; undefined where it is about something else. */
export function useFieldFault(error: unknown): (field: string) => string | undefined {
  const words = useServerWords();
  const description = error instanceof AnswerError ? (error.description ?? '') : '';
  const { field: named, detail } = NAMED.exec(description)?.groups ?? {};
  return (field) => (field === named ? ((detail && words(detail)) ?? description) : undefined);
}

/** What went wrong, in words for whoever stands at the console. @param once it would be done twice if it was repeated */
export const RefusalNote = ({ error, once = false }: { error: unknown; once?: boolean }) =>
  error ? <Refusal error={error} once={once} /> : null;

function Refusal({ error, once }: { error: unknown; once: boolean }) {
  const m = useMessages();
  const language = useLanguage();
  const exactly = useExactly();
  const reason = reasonIn(error);
  const detail = error instanceof AnswerError ? exactly(error) : '';
  const lineFault = error instanceof AnswerError ? error.lineFault : undefined;
  if (once && isDoubtful(error)) {
    return (
      <div className="notice notice-bad" role="alert">
        <p>{m.maybeDone}</p>
      </div>
    );
  }
  if (lineFault) {
    return (
      <div className="notice notice-bad" role="alert">
        <p>{lineMessage(lineFault, language)}</p>
      </div>
    );
  }
  return (
    <div className="notice notice-bad" role="alert">
      <p>{reason ? staffMessage(reason, language) : m.somethingFailed}</p>
      {detail && <p className="hint">{detail}</p>}
    </div>
  );
}
