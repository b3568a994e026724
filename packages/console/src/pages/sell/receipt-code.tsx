import type { ReceiptProof, StaffLanguage } from '@opentopup/contract';
import { renderSVG } from 'uqr';
import { messagesIn } from '../../language/language.ts';

/** By what anybody checks a receipt: its QR code, and the address below it. */
export function ReceiptCode({ proof, language }: { proof: ReceiptProof; language: StaffLanguage }) {
  const m = messagesIn(language);
  const image = `data:image/svg+xml,${encodeURIComponent(renderSVG(proof.text, { ecc: 'L', border: 4 }))}`;
  return (
    <figure className="receipt-code">
      <img className="qr-code" src={image} alt={m.receipt.qrCode} />
      <figcaption>
        {proof.url === undefined ? (
          m.receipt.qrCode
        ) : (
          <>
            {m.receipt.checkHint} <a href={proof.url}>{proof.url}</a>
          </>
        )}
      </figcaption>
    </figure>
  );
}
