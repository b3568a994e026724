/** What the plain server takes and answers, as JSON Schema. */
export const ORDER = {
  type: 'object',
  required: ['offer_id', 'parameters'],
  properties: {
    offer_id: { type: 'string', format: 'uuid' },
    voucher_id: { type: 'string', maxLength: 255 },
    user_id: { type: 'string', maxLength: 255 },
    parameters: { type: 'object', required: ['msisdn'], properties: { msisdn: { type: 'string' } } },
  },
} as const;

const text = { type: 'string' } as const;
const amount = { type: 'number' } as const;

export const SALE = {
  type: 'object',
  properties: {
    id: text,
    status: text,
    product_type: text,
    billing_mode: text,
    creation_date: text,
    change_date: text,
    offer_id: text,
    offer_name: text,
    product_name: text,
    supplier_name: text,
    voucher_id: text,
    resell_value: amount,
    bonus_value: amount,
    reference_currency: text,
    local_currency: text,
    user_id: text,
    parameters: { type: 'object', properties: { msisdn: text } },
    customer_message: text,
  },
} as const;
