import type { DistributorTransaction, ReceiptSettings, StaffLanguage } from '@opentopup/contract';
import { isUuid } from '@opentopup/contract/uuid-text';
import { useRef } from 'react';
import { formatsIn } from '../../language/format.ts';
import { messagesIn } from '../../language/language.ts';
import { type Fact, Facts } from '../../parts/facts.tsx';
import { nationalNumber } from '../../parts/national-number.ts';
import { statusWord } from '../../parts/status-badge.tsx';
import { useSignedIn } from '../../session/session.ts';
import { EsimSteps } from './esim-steps.tsx';

import { ReceiptCode } from './receipt-code.tsx';
import { usePaper } from './use-paper.ts';
import { useReceiptProof } from './use-receipt-proof.ts';

interface Props {
  transaction: DistributorTransaction;
  settings: ReceiptSettings;
  /** That of the customer. */
  language: StaffLanguage;
  /** What installs the eSIM that was sold. */
  lpa: string | undefined;
}

/** What the customer takes along, as wide as the paper that it is printed on. */
export function Receipt({ transaction, settings, language, lpa }: Props) {
  const m = messagesIn(language);
  const f = formatsIn(language);
  const me = useSignedIn();
  const paper = useRef<HTMLElement>(null);
  usePaper(paper, settings.paper);
  const { msisdn, simId, iccid } = transaction.parameters;
  const isMade = transaction.status === 'ok' || transaction.reversal !== undefined;
  const proof = useReceiptProof(transaction.id, isMade);
  const rows: Fact[] = [
    [m.sell.offer, transaction.offer_name],
    [msisdn ? m.receipt.number : m.sell.serial, (msisdn && nationalNumber(msisdn)) ?? simId ?? iccid],
    [m.receipt.pin, transaction.receipt?.pin?.code],
    [m.receipt.serial, transaction.receipt?.pin?.serial],
    [m.receipt.text, transaction.receipt?.text],
    [m.receipt.price, f.money(transaction.public_price, transaction.reference_currency)],
    [m.transactions.status, statusWord(m, transaction)],
    [m.receipt.date, f.moment(transaction.creation_date)],
    // Where nobody gave a reference, it is the id of an account.
    [m.sell.reference, isUuid(transaction.user_id) ? undefined : transaction.user_id],
    proof ? [m.receipt.code, inFours(proof.code)] : [m.receipt.id, transaction.id],
  ];
  return (
    <section ref={paper} className={`receipt receipt-${settings.paper}`} lang={language} aria-label={m.receipt.title}>
      <Head settings={settings} name={me.distributor?.name ?? ''} vat={m.receipt.vat} />
      {transaction.reversal && (
        <p className="receipt-annulled">{m.receipt.annulled(f.moment(transaction.reversal.date))}</p>
      )}
      {me.distributor?.world === 'sandbox' && <p className="receipt-annulled">{m.receipt.test}</p>}
      <Facts facts={rows} />
      {lpa && <EsimSteps lpa={lpa} language={language} />}
      {proof && <ReceiptCode proof={proof} language={language} />}
      {settings.help_line && (
        <p>
          {m.receipt.help} <strong>{settings.help_line}</strong>
        </p>
      )}
    </section>
  );
}

/** Writes a code so that it can be read aloud and typed. */
const inFours = (code: string): string => code.replaceAll(/(.{4})(?=.)/g, '$1-');

interface HeadProps {
  settings: ReceiptSettings;
  name: string;
  vat: (number: string) => string;
}

/** Who sells. */
function Head({ settings: { logo, shop_name, address = [], vat_number }, name, vat }: HeadProps) {
  return (
    <header className="receipt-head">
      {logo && <img className="receipt-logo" src={`data:image/png;base64,${logo}`} alt="" />}
      <h3>{shop_name ?? name}</h3>
      {address.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {vat_number && <p>{vat(vat_number)}</p>}
    </header>
  );
}
