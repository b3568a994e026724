import type { Transaction } from '../../index.ts';
import type { Column } from '../output/column.ts';

const line = ({ parameters }: Transaction): string | undefined =>
  parameters?.msisdn ?? parameters?.simId ?? parameters?.iccid ?? parameters?.nsce;
const currency = ({ reference_currency }: Transaction): string => reference_currency;

/** A transaction in a list. */
export const TRANSACTION_COLUMNS: Column<Transaction>[] = [
  { name: 'creation_date', kind: 'date', of: ({ creation_date }) => creation_date },
  { name: 'status', kind: 'status', of: ({ status }) => status },
  { name: 'offer_name', kind: 'text', of: ({ offer_name }) => offer_name },
  { name: 'line', kind: 'line', of: line },
  { name: 'resell_value', kind: 'money', of: ({ resell_value }) => resell_value, currency },
  { name: 'public_price', kind: 'money', of: ({ public_price }) => public_price, currency },
  { name: 'reference', kind: 'text', of: ({ user_id }) => user_id },
  { name: 'reason', kind: 'text', of: ({ reason }) => reason },
  { name: 'id', kind: 'id', of: ({ id }) => id },
];

/** A transaction on its own. */
export const TRANSACTION_FIELDS: Column<Transaction>[] = [
  { name: 'id', kind: 'text', of: ({ id }) => id },
  { name: 'status', kind: 'status', of: ({ status }) => status },
  { name: 'reason', kind: 'text', of: ({ reason }) => reason },
  { name: 'offer_name', kind: 'text', of: ({ offer_name }) => offer_name },
  { name: 'supplier_name', kind: 'text', of: ({ supplier_name }) => supplier_name },
  { name: 'line', kind: 'line', of: line },
  { name: 'pin', kind: 'text', of: ({ receipt }) => receipt?.pin?.code },
  { name: 'pin_serial', kind: 'text', of: ({ receipt }) => receipt?.pin?.serial },
  { name: 'receipt', kind: 'text', of: ({ receipt }) => receipt?.text },
  { name: 'resell_value', kind: 'money', of: ({ resell_value }) => resell_value, currency },
  { name: 'public_price', kind: 'money', of: ({ public_price }) => public_price, currency },
  { name: 'margin', kind: 'money', of: ({ margin }) => margin, currency },
  {
    name: 'bonus_value',
    kind: 'money',
    of: ({ bonus_value }) => bonus_value,
    currency: ({ local_currency }) => local_currency,
  },
  { name: 'reference', kind: 'text', of: ({ user_id }) => user_id },
  { name: 'voucher_id', kind: 'text', of: ({ voucher_id }) => voucher_id },
  { name: 'creation_date', kind: 'date', of: ({ creation_date }) => creation_date },
  { name: 'change_date', kind: 'date', of: ({ change_date }) => change_date },
];
