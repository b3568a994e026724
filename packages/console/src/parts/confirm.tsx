import { AlertDialog } from '@base-ui/react/alert-dialog';
import { type KeyboardEvent, type ReactNode, type RefObject, useState } from 'react';
import { Keys } from './keys.ts';

interface Props {
  open: boolean;
  title: string;
  children: ReactNode;
  /** The buttons; the first one is reached first, unless `first` says otherwise. */
  actions: ReactNode;
  first?: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** A question that has to be answered before anything else, and by a person: what a scanner types answers nothing. */
export function Confirm({ open, title, children, actions, first, onClose }: Props) {
  return (
    <AlertDialog.Root open={open} onOpenChange={(now) => !now && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" />
        <AlertDialog.Popup className="dialog" {...(first && { initialFocus: first })}>
          <Unscanned>
            <AlertDialog.Title className="dialog-title">{title}</AlertDialog.Title>
            {children}
            <div className="actions actions-end">{actions}</div>
          </Unscanned>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

const nothing = (): void => {};

/**
 * Keeps from what is inside the keys of a code that is scanned, its Enter among them. Fields take all but the Enter: whoever
 * types fast would have another number there than was typed.
 */
function Unscanned({ children }: { children: ReactNode }) {
  const [keys] = useState(() => new Keys(nothing, nothing, performance.now()));
  const take = (event: KeyboardEvent): void => {
    const isScanned = keys.take(event.nativeEvent);
    const isEnter = event.key === 'Enter';
    const isField = (event.target as Element).matches('input, textarea');
    if (isEnter ? !isScanned && !event.repeat : !isScanned || isField) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="dialog-body" onKeyDownCapture={take}>
      {children}
    </div>
  );
}
