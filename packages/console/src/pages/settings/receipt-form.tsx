import { LOGO_MOST, PAPERS, type ReceiptSettings } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMessages } from '../../language/language.ts';
import { Field, SelectField, TextField } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { queries, server } from '../../server.ts';
import { RECEIPT_SETTINGS, useReceiptSettings } from '../sell/receipt-settings.ts';

/** What receipts say, and on what they are printed. */
export function ReceiptForm() {
  const settings = useReceiptSettings();
  return settings ? <Form settings={settings} /> : <Skeleton />;
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Reads a file as base64: what stands behind the comma of its address. */
const base64Of = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve((reader.result as string).split(',')[1] ?? ''));
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(file);
  });

function Form({ settings }: { settings: ReceiptSettings }) {
  const m = useMessages();
  const [paper, setPaper] = useState(settings.paper);
  const [texts, setTexts] = useState({
    shop_name: settings.shop_name ?? '',
    vat_number: settings.vat_number ?? '',
    help_line: settings.help_line ?? '',
  });
  const [address, setAddress] = useState(settings.address?.join('\n') ?? '');
  const [logo, setLogo] = useState(settings.logo);
  const [isTooLarge, setTooLarge] = useState(false);
  const save = useMutation({
    mutationFn: () => {
      const filled = Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));
      const lines = linesOf(address);
      const body = {
        paper,
        ...filled,
        ...(lines.length > 0 && { address: lines }),
        ...(logo !== undefined && { logo }),
      };
      return server.opentopup.call('setReceiptSettings', { body });
    },
    onSuccess: (saved) => {
      queries.setQueryData(RECEIPT_SETTINGS, saved);
      setLogo(saved.logo);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  const read = async (file: File): Promise<void> => {
    setTooLarge(file.size > LOGO_MOST.bytes);
    if (file.size <= LOGO_MOST.bytes) setLogo(await base64Of(file));
  };
  return (
    <form className="card" onSubmit={submit} aria-label={m.settings.receipts}>
      <h2>{m.settings.receipts}</h2>
      <SelectField
        label={m.receipts.paper}
        value={paper}
        options={PAPERS.map((value) => ({ value, label: m.receipts.papers[value] }))}
        onChoose={setPaper}
      />
      <Field
        label={m.receipts.shopName}
        hint={m.receipts.shopNameHint}
        maxLength={80}
        value={texts.shop_name}
        onChange={({ target }) => setTexts({ ...texts, shop_name: target.value })}
      />
      <TextField
        label={m.receipts.address}
        hint={m.receipts.addressHint}
        value={address}
        onChange={({ target }) => setAddress(target.value)}
      />
      <Field
        label={m.receipts.vatNumber}
        maxLength={40}
        value={texts.vat_number}
        onChange={({ target }) => setTexts({ ...texts, vat_number: target.value })}
      />
      <Field
        label={m.receipts.helpLine}
        hint={m.receipts.helpLineHint}
        maxLength={80}
        value={texts.help_line}
        onChange={({ target }) => setTexts({ ...texts, help_line: target.value })}
      />
      {logo !== undefined && (
        <div className="logo-now">
          <img className="receipt-logo" src={`data:image/png;base64,${logo}`} alt={m.receipts.logo} />
          <button type="button" className="button" onClick={() => setLogo(undefined)}>
            {m.receipts.noLogo}
          </button>
        </div>
      )}
      <Field
        label={m.receipts.logo}
        hint={m.receipts.logoHint}
        error={isTooLarge ? m.receipts.logoTooLarge : undefined}
        type="file"
        accept="image/png"
        onChange={({ target: { files } }) => files?.[0] && void read(files[0])}
      />
      <RefusalNote error={save.error} />
      <div role="status">{save.isSuccess && <p className="notice">{m.saved}</p>}</div>
      <div className="actions">
        <button type="submit" className="button button-main" disabled={save.isPending}>
          {m.save}
        </button>
      </div>
    </form>
  );
}
