import { useMessages } from '../language/language.ts';

/** The shape of a page whose content is on its way. */
export function Skeleton() {
  const m = useMessages();
  return (
    <div className="skeleton" role="status" aria-label={m.loading}>
      <div />
      <div />
      <div />
    </div>
  );
}
