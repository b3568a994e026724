import { Check, Copy as CopyIcon } from 'lucide-react';
import { useState } from 'react';
import { useMessages } from '../language/language.ts';
import { Scroll } from './scroll.tsx';

/** A text to take along, with a button that copies it. */
export function Copy({ text, label }: { text: string; label: string }) {
  const m = useMessages();
  const [copied, setCopied] = useState(false);
  const copy = (): void => void navigator.clipboard.writeText(text).then(() => setCopied(true));
  return (
    <div className="copy">
      <Scroll className="copied" label={label}>
        <pre>{text}</pre>
      </Scroll>
      <button type="button" className="button" onClick={copy}>
        {copied ? <Check aria-hidden /> : <CopyIcon aria-hidden />}
        {copied ? m.copied : m.copy}
      </button>
    </div>
  );
}
