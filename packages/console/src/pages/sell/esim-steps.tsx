import type { StaffLanguage } from '@opentopup/contract';
import { renderSVG } from 'uqr';
import { messagesIn } from '../../language/language.ts';
import { Copy } from '../../parts/copy.tsx';

/** What its customer has to do, in this order. */
export const STEPS = ['wifi', 'where', 'scan', 'once'] as const;

/** What installs an eSIM, as a code to photograph and as a text, and what its customer has to do. */
export function EsimSteps({ lpa, language }: { lpa: string; language: StaffLanguage }) {
  const m = messagesIn(language);
  const image = `data:image/svg+xml,${encodeURIComponent(renderSVG(lpa, { ecc: 'M', border: 4 }))}`;
  return (
    <section className="esim-steps" aria-label={m.esim.install}>
      <h4>{m.esim.install}</h4>
      <img className="qr-code" src={image} alt={m.esim.qrCode} />
      <Copy label={m.esim.text} text={lpa} />
      <ol>
        {STEPS.map((step) => (
          <li key={step}>{m.esim.steps[step]}</li>
        ))}
      </ol>
    </section>
  );
}
