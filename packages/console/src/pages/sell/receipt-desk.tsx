import { type DistributorTransaction, LANGUAGES, type StaffLanguage } from '@opentopup/contract';
import { Printer, Share2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { loadLanguage, messagesIn, useLanguage, useMessages } from '../../language/language.ts';
import { languageChoices } from '../../language/language-choices.ts';
import { SelectField } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { EsimCode } from './esim-code.tsx';
import { STEPS } from './esim-steps.tsx';
import { Receipt } from './receipt.tsx';
import { useReceiptSettings } from './receipt-settings.ts';
import { SendReceipt } from './send-receipt.tsx';
import { useEsimCode } from './use-esim-code.ts';
import { useReceiptProof } from './use-receipt-proof.ts';

interface Props {
  transaction: DistributorTransaction;
  /** What installs an eSIM is wanted too. */
  withEsim: boolean;
  /** What may be done next, beside printing. */
  children?: ReactNode;
}

/** The receipt of a sale in the language of its customer, and the ways in which that gets it. */
export function ReceiptDesk({ transaction, withEsim, children }: Props) {
  const m = useMessages();
  const staff = useLanguage();
  const [chosen, choose] = useState<StaffLanguage | null>(null);
  const language = chosen ?? staff;
  const settings = useReceiptSettings();
  const { lpa, needsKey, read, error } = useEsimCode(transaction, withEsim);
  const speak = (spoken: StaffLanguage): void => void loadLanguage(spoken).then(() => choose(spoken));
  const isMade = transaction.status === 'ok' || transaction.reversal !== undefined;
  return (
    <>
      <div className="actions no-print">
        {children}
        {isMade && settings && (
          <>
            <button type="button" className="button" onClick={() => print()}>
              <Printer aria-hidden /> {m.outcome.print}
            </button>
            {'share' in navigator && <Share transaction={transaction} language={language} lpa={lpa} />}
          </>
        )}
      </div>
      <RefusalNote error={error} />
      {needsKey && <EsimCode parameters={transaction.parameters} onRead={read} />}
      {settings ? (
        <Receipt transaction={transaction} settings={settings} language={language} lpa={lpa} />
      ) : (
        <Skeleton />
      )}
      {isMade && (
        <div className="no-print receipt-desk">
          <SelectField
            label={m.receipt.language}
            value={language}
            options={languageChoices(LANGUAGES)}
            onChoose={speak}
          />
          <SendReceipt transaction={transaction} language={language} />
        </div>
      )}
    </>
  );
}

/** Hands the receipt over to another program of this device, as a text. */
function Share({
  transaction,
  language,
  lpa,
}: Pick<Props, 'transaction'> & { language: StaffLanguage; lpa?: string | undefined }) {
  const m = useMessages();
  const { offer_name, customer_message } = transaction;
  const url = useReceiptProof(transaction.id, true)?.url;
  const { esim } = messagesIn(language);
  const steps = lpa === undefined ? [] : [esim.install, lpa, ...STEPS.map((step) => esim.steps[step])];
  const share = (): void => {
    const text = [offer_name, customer_message, ...steps].join('\n');
    // Whoever closes the choice has shared nothing, and knows.
    navigator.share({ title: offer_name, text, ...(url !== undefined && { url }) }).catch(() => undefined);
  };
  return (
    <button type="button" className="button" onClick={share}>
      <Share2 aria-hidden /> {m.receipt.share}
    </button>
  );
}
