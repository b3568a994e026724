import type { TransactionParameters } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { useMessages } from '../../language/language.ts';
import { Copy } from '../../parts/copy.tsx';
import { Field } from '../../parts/field.tsx';

interface Code {
  text: string;
  /** Its QR code, as an address of an image. */
  image: string;
}

/** Decrypts what installs the eSIM. What decrypts and draws is loaded when it is needed. */
async function decrypt(parameters: TransactionParameters, key: File): Promise<Code> {
  const { decryptActivationCode, lpaString, qrSvg } = await import('@opentopup/client/esim');
  const activation_code = await decryptActivationCode(parameters.activation_code ?? '', await key.text());
  const text = lpaString({ ...parameters, activation_code });
  return { text, image: `data:image/svg+xml,${encodeURIComponent(await qrSvg(text))}` };
}

/** The code of an eSIM that was sold, for whoever has the private key: that is read here, and goes nowhere. */
export function EsimCode({ parameters }: { parameters: TransactionParameters }) {
  const m = useMessages();
  // Neither the code nor the key outlive the page.
  const code = useMutation({ mutationFn: (key: File) => decrypt(parameters, key), gcTime: 0 });
  return (
    <section className="card" aria-label={m.esim.title}>
      <h2>{m.esim.title}</h2>
      {code.data ? (
        <>
          <img className="qr-code" src={code.data.image} alt={m.esim.qrCode} />
          <Copy label={m.esim.text} text={code.data.text} />
        </>
      ) : (
        <Field
          label={m.esim.key}
          hint={m.esim.hint}
          error={code.isError ? m.esim.wrongKey : undefined}
          type="file"
          accept=".pem,.key"
          onChange={({ target: { files } }) => files?.[0] && code.mutate(files[0])}
        />
      )}
    </section>
  );
}
