import { useQuery } from '@tanstack/react-query';
import { renderSVG } from 'uqr';
import { useMessages } from '../../language/language.ts';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';

/** By what anybody checks a receipt: its QR code, and the code below it. Nothing where the server signs nothing. */
export function ReceiptCode({ transactionId }: { transactionId: string }) {
  const m = useMessages();
  const may = useMay();
  const { data } = useQuery({
    queryKey: ['receipt proof', transactionId],
    enabled: may('getReceiptProof'),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => server.opentopup.call('getReceiptProof', { params: { id: transactionId } }),
  });
  if (!data) return null;
  const image = `data:image/svg+xml,${encodeURIComponent(renderSVG(data.text, { ecc: 'L', border: 4 }))}`;
  return (
    <figure className="receipt-code">
      <img className="qr-code" src={image} alt={m.receipt.qrCode} />
      <figcaption>
        <span className="hint">{m.receipt.checkHint}</span>{' '}
        {data.url === undefined ? <code>{data.code}</code> : <a href={data.url}>{data.url}</a>}
      </figcaption>
    </figure>
  );
}
