import type { VendorAnswer, VendorRequest } from '../dialect.ts';
import { reloadlyError } from './answers.ts';
import {
  RELOADLY_COUNTRIES,
  RELOADLY_OPERATORS,
  type ReloadlyOperator,
  readPhoneNumber,
  takesAmount,
} from './catalogue.ts';

/** An order that the vendor takes, if it is no repeat and there is money for it. */
export interface OrderedTopup {
  operator: ReloadlyOperator;
  amount: number;
  isLocal: boolean;
  /** Null where the client gives it no name. */
  customIdentifier: string | null;
  /** With its calling code, without `+`. */
  recipient: string;
  sender: string | null;
}

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

const LONGEST_IDENTIFIER = 150;

/** Reads a phone: its country, and its number as text or as a number. */
function readPhone(value: unknown): string | null {
  const { countryCode, number } = fieldsOf(value);
  const country = RELOADLY_COUNTRIES.find(
    ({ isoName }) => typeof countryCode === 'string' && isoName === countryCode.toUpperCase(),
  );
  const isWritten = typeof number === 'string' || typeof number === 'number';
  return country && isWritten ? readPhoneNumber(String(number), country) : null;
}

/** Reads an order. @returns the vendor's refusal where it does not take it */
export function readTopup(request: VendorRequest): OrderedTopup | VendorAnswer {
  const fields = fieldsOf(request.body);
  const { operatorId, amount, useLocalAmount = false, customIdentifier = null, recipientPhone, senderPhone } = fields;
  const missing = ['operatorId', 'amount', 'recipientPhone'].find((name) => (fields[name] ?? null) === null);
  if (missing !== undefined) return invalid(`Missing required field ${missing}`, request);
  if (typeof amount !== 'number' || !(amount > 0)) return invalid('Invalid amount provided', request);
  if (typeof useLocalAmount !== 'boolean') return invalid('Invalid useLocalAmount provided', request);
  if (customIdentifier !== null && typeof customIdentifier !== 'string') {
    return invalid('Invalid customIdentifier provided', request);
  }
  if (customIdentifier !== null && customIdentifier.length > LONGEST_IDENTIFIER) {
    return invalid(`Maximum length allowed for field customIdentifier is ${LONGEST_IDENTIFIER}`, request);
  }
  const operator = RELOADLY_OPERATORS.find(({ id }) => id === operatorId);
  if (!operator) return reloadlyError('OPERATOR_UNAVAILABLE_OR_CURRENTLY_INACTIVE', request);
  if (useLocalAmount && !operator.isLocal) return reloadlyError('LOCAL_AMOUNTS_NOT_SUPPORTED_BY_OPERATOR', request);
  if (!takesAmount(operator, amount, useLocalAmount)) {
    return reloadlyError(useLocalAmount ? 'INVALID_LOCAL_AMOUNT_FOR_OPERATOR' : 'INVALID_AMOUNT_FOR_OPERATOR', request);
  }
  const recipient = readPhone(recipientPhone);
  if (!recipient?.startsWith(operator.country.callingCode)) return reloadlyError('INVALID_RECIPIENT_PHONE', request);
  const sender = senderPhone === undefined ? null : readPhone(senderPhone);
  return { operator, amount, isLocal: useLocalAmount, customIdentifier, recipient, sender };
}

function invalid(message: string, request: VendorRequest): VendorAnswer {
  const answer = reloadlyError('INVALID_INPUT_PROVIDED', request);
  return { ...answer, body: { ...(answer.body as object), message } };
}
