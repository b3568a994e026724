import type { TransactionParameters } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { useMessages } from '../../language/language.ts';
import { Field } from '../../parts/field.tsx';

/** Decrypts what installs the eSIM. What decrypts is loaded when it is needed. */
async function decrypt(parameters: TransactionParameters, key: File): Promise<string> {
  const { decryptActivationCode, lpaString } = await import('@opentopup/client/esim');
  const activation_code = await decryptActivationCode(parameters.activation_code ?? '', await key.text());
  return lpaString({ ...parameters, activation_code });
}

interface Props {
  parameters: TransactionParameters;
  onRead: (lpa: string) => void;
}

/** Asks whoever has the private key for it, to read the code of an eSIM: it is read here, and goes nowhere. */
export function EsimCode({ parameters, onRead }: Props) {
  const m = useMessages();
  // Neither the code nor the key outlive the page.
  const code = useMutation({ mutationFn: (key: File) => decrypt(parameters, key), gcTime: 0, onSuccess: onRead });
  return (
    <section className="card no-print" aria-label={m.esim.title}>
      <h2>{m.esim.title}</h2>
      <Field
        label={m.esim.key}
        hint={m.esim.hint}
        error={code.isError ? m.esim.wrongKey : undefined}
        type="file"
        accept=".pem,.key"
        onChange={({ target: { files } }) => files?.[0] && code.mutate(files[0])}
      />
    </section>
  );
}
