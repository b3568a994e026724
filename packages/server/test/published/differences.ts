import type { ErrorObject } from 'ajv';

/** One way in which OpenTopup knowingly is not what the published description says. */
export interface KnownDifference {
  /** The field that differs; empty for the whole body. */
  field: string;
  /** The rule of JSON Schema that the field breaks. */
  rule: string;
  /** The names of the operations; absent: wherever the field is. */
  operations?: readonly string[];
  /** The only values that may break the rule; absent: any. */
  values?: readonly unknown[];
  reason: string;
}

const amount = (field: string): KnownDifference => ({
  field,
  rule: 'type',
  reason: 'The file says integer with format float; amounts are decimals like 7.92 everywhere else',
});

export const DIFFERENCES: readonly KnownDifference[] = [
  {
    field: '',
    rule: 'required',
    operations: ['isAlive'],
    reason: 'The file requires message and description, which are fields of Error; Status does not even have them',
  },
  {
    field: 'message',
    rule: 'enum',
    values: ['Unsupported Media Type', 'Content Too Large', 'Unprocessable Content', 'Service Unavailable'],
    reason: 'The file’s list has no phrase for 413, 415, 422 and 503, though its own codes 5, 6 and 68 need them',
  },
  {
    field: '',
    rule: 'type',
    operations: ['getDistributorOffer', 'changeDistributorOfferEditableParameters'],
    reason: 'The file says an array; one offer is answered as one object, as the guide shows it',
  },
  {
    field: '',
    rule: 'type',
    operations: ['setDistributorKey'],
    reason: 'The file says an array; a distributor has one key, and GET answers one object',
  },
  amount('resell_value'),
  amount('distributor_fees'),
  amount('distribution_fees'),
  {
    field: 'metadata',
    rule: 'oneOf',
    reason: 'Both alternatives have only optional fields, so that whatever fits one fits the other as well',
  },
  {
    field: 'parameters',
    rule: 'oneOf',
    reason: 'Both alternatives have only optional fields, so that whatever fits one fits the other as well',
  },
];

/** The difference that explains a fault; undefined where none does. */
export function differenceOf(operation: string | null, { instancePath, keyword, data }: ErrorObject) {
  const field = instancePath.split('/').at(-1)?.replace(/^\d+$/, '') ?? '';
  return DIFFERENCES.find(
    (each) =>
      each.field === field &&
      each.rule === keyword &&
      (each.operations?.includes(operation ?? '') ?? true) &&
      (each.values?.includes(data) ?? true),
  );
}

/** Fields that the published file does not have, but the operator's written guide does, by schema. */
export const FROM_THE_GUIDE: Readonly<Record<string, readonly string[]>> = {
  OfferLight: ['bucket_update_date', 'distributor_fees', 'distributor_fees_type'],
  SupplierLight: ['connector_status', 'last_outage_date'],
  SimStatus: ['creation_date', 'last_topup_date'],
};
