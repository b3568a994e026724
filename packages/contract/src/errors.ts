import Type, { type Static } from 'typebox';
import { Uuid } from './formats.ts';
import { LINE_FAULTS } from './lines/line-fault.ts';
import { isOutcome, type Language, lineMessage } from './messages/customer-messages.ts';
import { type MessageValues, type OwnMessages, tellCustomer } from './messages/own-messages.ts';
import { REASONS, type Reason, type Refusal, ruleOf } from './reasons.ts';

/** `message` of an error body: the HTTP reason phrase (RFC 9110; that of 408 as Travel B2B 1.7 spells it). */
const PHRASES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Time-out',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** Travel B2B 1.7 `Error`, and what we add to it. */
export const ErrorBody = Type.Object(
  {
    code: Type.Integer({ description: 'The API-wide code; 0 where none fits' }),
    message: Type.String({ description: 'The HTTP reason phrase' }),
    description: Type.String({ description: 'What exactly is wrong. Existing clients match on it' }),
    reason: Type.Enum(Object.keys(REASONS) as Reason[], { description: 'Added: the stable machine code' }),
    retryable: Type.Boolean({ description: 'Added: whether the same request, unchanged, may succeed later' }),
    customer_message: Type.Optional(
      Type.String({
        description: 'Added: what to tell the end customer, in the Accept-Language, where one waits for the answer',
      }),
    ),
    request_id: Type.String({ description: 'Added: names this request in the log' }),
    transaction_id: Type.Optional({
      ...Uuid,
      description: 'Added: the transaction that was made and came to nothing, where there is one',
    }),
    line_fault: Type.Optional(
      Type.Object(
        {
          fault: Type.Enum(LINE_FAULTS),
          countries: Type.Optional(
            Type.Array(Type.String(), {
              description: 'Of which countries or territories the number may be instead (ISO 3166-1 alpha-2)',
            }),
          ),
        },
        { description: 'Added: what exactly is wrong with the number or the serial of the SIM' },
      ),
    ),
    error: Type.Optional(Type.String({ description: 'Added: at the token endpoint, the code of RFC 6749, 5.2' })),
    error_description: Type.Optional(
      Type.String({ description: 'Added: at the token endpoint, the same as description' }),
    ),
  },
  { title: 'Error' },
);
export type ErrorBody = Static<typeof ErrorBody>;

/** How an end customer is told. */
interface Told {
  language: Language;
  /** The distributor's own words, and what they may mention. */
  own: OwnMessages;
  values: MessageValues;
}

/**
 * Writes a refusal as the body in which it goes on the wire.
 * @param told how the end customer is told who waits for the answer; null where nobody does
 */
export function errorBody(refusal: Refusal, requestId: string, told: Told | null): ErrorBody {
  const { reason, details, transaction_id } = refusal;
  const rule = ruleOf(reason);
  const description = rule.describe(details);
  const { oauth_error, line_fault } = details;
  return {
    code: rule.code,
    message: PHRASES[rule.status] ?? 'Error',
    description,
    reason,
    retryable: rule.retryable,
    ...(told &&
      isOutcome(reason) && {
        customer_message: tellCustomer(
          reason,
          told.language,
          told.own,
          told.values,
          line_fault && lineMessage(line_fault, told.language),
        ),
      }),
    request_id: requestId,
    ...(transaction_id === undefined ? {} : { transaction_id }),
    ...(line_fault && { line_fault }),
    ...(oauth_error === undefined ? {} : { error: oauth_error, error_description: description }),
  };
}
