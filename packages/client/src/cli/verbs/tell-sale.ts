import { languageOfTag, lineMessage } from '@opentopup/contract/messages/customer-messages';
import { type StaffOutcome, staffMessage } from '@opentopup/contract/messages/staff-messages';
import type { TopupResult, Transaction } from '../../index.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Column } from '../output/column.ts';
import type { CliSession } from '../session.ts';
import { TRANSACTION_FIELDS } from './transaction-columns.ts';

type Refused = Extract<TopupResult, { status: 'refused' }>;

const REFUSAL_FIELDS: Column<Refused>[] = [
  { name: 'reason', kind: 'text', of: ({ reason }) => reason },
  { name: 'description', kind: 'text', of: ({ description }) => description },
  { name: 'transaction_id', kind: 'text', of: ({ transactionId }) => transactionId },
  { name: 'reference', kind: 'text', of: ({ reference }) => reference },
];

/** Tells of a line that its supplier takes although something seems wrong with it. */
function warnOfLine({ out, locale }: CliSession, { line_warning }: Transaction): void {
  if (line_warning) out.warn(lineMessage({ fault: line_warning }, languageOfTag(locale.tag)));
}

/** Gives what staff is told of an order. */
function staffOutcomeOf(result: TopupResult): StaffOutcome {
  if (result.status === 'refused') return result.reason;
  return result.transaction.status === 'created' ? 'parked' : result.status;
}

/** Says what became of an order: what it means for the seller, the details, and what the customer may be told. */
export function tellSale(session: CliSession, result: TopupResult): ExitCode {
  const { out, locale, t } = session;
  const outcome = staffOutcomeOf(result);
  const sentence = staffMessage(outcome, locale.language);
  const told = result.customerMessage(locale.tag);
  const json = { ...result, customer_message: told };
  // The API's own words are English.
  const isRead = ({ name }: Column<Refused>): boolean =>
    name !== 'description' || !out.isTerminal || locale.language === 'en';
  switch (result.status) {
    case 'ok':
      warnOfLine(session, result.transaction);
      if (out.isTerminal) out.say(out.style('green', `✔ ${sentence}`));
      out.record(result.transaction, TRANSACTION_FIELDS, json);
      out.note(t.sell.tell(told));
      return EXIT.ok;
    case 'pending':
      warnOfLine(session, result.transaction);
      if (out.isTerminal) out.say(out.style('yellow', `… ${sentence}`));
      out.record(result.transaction, TRANSACTION_FIELDS, json);
      out.note(t.sell.tell(told));
      out.note((outcome === 'parked' ? t.sell.parked : t.sell.pending)(result.transaction.id));
      return EXIT.pending;
    case 'refused':
      if (out.isTerminal) out.say(out.style('red', `✘ ${sentence}`));
      out.record(result, REFUSAL_FIELDS.filter(isRead), json);
      out.note(t.sell.tell(told));
      if (result.retryable) out.note(t.sell.retryable);
      return EXIT.refused;
  }
}
