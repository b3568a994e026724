import type { ReactNode } from 'react';
import { useMessages } from '../language/language.ts';
import { Confirm } from './confirm.tsx';

interface Props {
  title: string;
  /** What the button says that does it. */
  deed: string;
  children: ReactNode;
  onDo: () => void;
  onClose: () => void;
}

/** Asks before something is done that cannot be taken back. */
export function ConfirmDeed({ title, deed, children, onDo, onClose }: Props) {
  const m = useMessages();
  return (
    <Confirm
      open
      title={title}
      onClose={onClose}
      actions={
        <>
          <button type="button" className="button" onClick={onClose}>
            {m.cancel}
          </button>
          <button
            type="button"
            className="button button-main"
            onClick={() => {
              onDo();
              onClose();
            }}
          >
            {deed}
          </button>
        </>
      }
    >
      {children}
    </Confirm>
  );
}
