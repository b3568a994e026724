import { AnswerError } from '@opentopup/client';
import type { Reason } from '@opentopup/contract';
import { customerMessage, lineMessage } from '@opentopup/contract';
import { useLanguage, useMessages } from '../language/language.ts';
import { isDoubtful } from '../server.ts';

/** The reason of a refusal; none where the server did not give one. */
export const reasonOf = (error: unknown): Reason | undefined =>
  error instanceof AnswerError ? error.reason : undefined;

/** Only the server's own words say what exactly is wrong. */
const NEEDS_DETAIL: readonly (Reason | undefined)[] = ['invalid_body_field', 'missing_body_field'];

/** What went wrong, in words for whoever stands at the console. @param once it would be done twice if it was repeated */
export function Refusal({ error, once = false }: { error: unknown; once?: boolean }) {
  const m = useMessages();
  const language = useLanguage();
  if (!error) return null;
  const reason = reasonOf(error);
  const ours = reason && m.reasons[reason as keyof typeof m.reasons];
  const { description: detail, lineFault } = error instanceof AnswerError ? error : {};
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
      <p>{ours ?? (reason ? customerMessage(reason, language) : m.somethingFailed)}</p>
      {(!ours || NEEDS_DETAIL.includes(reason)) && detail && <p className="hint">{detail}</p>}
    </div>
  );
}
