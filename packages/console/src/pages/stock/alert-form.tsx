import { type Alert, type AlertChat, STAFF_LANGUAGES, type StaffLanguage } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLanguage, useMessages } from '../../language/language.ts';
import { languageChoices } from '../../language/language-choices.ts';
import { Field, SelectField } from '../../parts/field.tsx';
import { RefusalNote, useFieldFault } from '../../parts/refusal-note.tsx';
import { onceOnly, server } from '../../server.ts';
import { refreshAlerts } from './use-stock.ts';

interface Props {
  title: string;
  /** The alert that is changed; without one, a new one is made for one of these offers. */
  alert?: Alert;
  offers?: readonly { value: string; label: string }[];
  /** The one of them that is likely meant. */
  likely?: string | null;
  onDone?: () => void;
}

const LANGUAGES = languageChoices(STAFF_LANGUAGES);

const written = (value: number | undefined): string => (value === undefined ? '' : String(value));
const read = (text: string): number | null => (text === '' ? null : Number(text));

/** From where on a stock is low, and who is told of it. */
export function AlertForm({ title, alert, offers = [], likely, onDone }: Props) {
  const m = useMessages();
  const [offer, setOffer] = useState((offers.find(({ value }) => value === likely) ?? offers[0])?.value ?? '');
  const [units, setUnits] = useState(written(alert?.units));
  const [days, setDays] = useState(written(alert?.days_of_cover));
  const [emails, setEmails] = useState(alert?.emails.join(', ') ?? '');
  const shown = useLanguage();
  const [chat, setChat] = useState('');
  const [language, setLanguage] = useState<StaffLanguage>(alert?.chat?.language ?? shown);
  const [isChatLeft, setIsChatLeft] = useState(false);
  const save = useMutation({
    mutationFn: () => {
      const terms = { units: read(units), days_of_cover: read(days) };
      const to = emails.split(/[\s,;]+/).filter(Boolean);
      const typed: { chat?: AlertChat } = chat.trim() ? { chat: { url: chat.trim(), language } } : {};
      if (alert) {
        const body = { ...terms, emails: to, ...(isChatLeft ? { chat: null } : typed) };
        return server.opentopup.call('changeAlert', { params: { id: alert.id }, body });
      }
      const body = {
        ...(offer && { offer_id: offer }),
        ...(terms.units !== null && { units: terms.units }),
        ...(terms.days_of_cover !== null && { days_of_cover: terms.days_of_cover }),
        emails: to,
        ...typed,
      };
      return server.opentopup.call('createAlert', { body });
    },
    retry: onceOnly,
    onError: refreshAlerts,
    onSuccess: async () => {
      await refreshAlerts();
      onDone?.();
    },
  });
  const chatFault = useFieldFault(save.error)('chat.url');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className="card" onSubmit={submit}>
      <h2>{title}</h2>
      {!alert && <SelectField label={m.sell.offer} value={offer} options={offers} onChoose={setOffer} />}
      <Field
        label={m.alerts.units}
        type="number"
        inputMode="numeric"
        min={1}
        step={1}
        required={days === ''}
        value={units}
        onChange={(event) => setUnits(event.target.value)}
      />
      <Field
        label={m.alerts.days}
        hint={m.alerts.either}
        type="number"
        inputMode="decimal"
        min={0.1}
        max={365}
        step="any"
        required={units === ''}
        value={days}
        onChange={(event) => setDays(event.target.value)}
      />
      <Field
        label={m.alerts.emails}
        hint={m.alerts.emailsHint}
        autoComplete="off"
        value={emails}
        onChange={(event) => setEmails(event.target.value)}
      />
      <Field
        label={m.alerts.chat}
        hint={alert?.chat ? m.alerts.chatKept(alert.chat.address) : m.alerts.chatHint}
        error={chatFault}
        type="url"
        maxLength={2048}
        autoComplete="off"
        disabled={isChatLeft}
        value={chat}
        onChange={(event) => setChat(event.target.value)}
      />
      {chat && (
        <SelectField label={m.alerts.chatLanguage} value={language} options={LANGUAGES} onChoose={setLanguage} />
      )}
      {alert?.chat && (
        <label className="check">
          <input type="checkbox" checked={isChatLeft} onChange={(event) => setIsChatLeft(event.target.checked)} />
          {m.alerts.leaveChat}
        </label>
      )}
      {!chatFault && <RefusalNote error={save.error} once />}
      <div className="actions">
        <button type="submit" className="button button-main" disabled={save.isPending}>
          {m.save}
        </button>
        {onDone && (
          <button type="button" className="button" onClick={onDone}>
            {m.cancel}
          </button>
        )}
      </div>
    </form>
  );
}
