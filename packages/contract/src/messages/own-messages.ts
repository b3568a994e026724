import Type, { type Static } from 'typebox';
import { DateTime } from '../formats.ts';
import { ONE_LINE } from '../plain-text.ts';
import { type CustomerOutcome, customerMessage, LANGUAGES, type Language, OUTCOMES } from './customer-messages.ts';

/** The variables that a distributor's own sentence may mention, as in `{offer}`. */
export const MESSAGE_VARIABLES = ['offer', 'amount', 'operator', 'msisdn_masked'] as const;
export type MessageVariable = (typeof MESSAGE_VARIABLES)[number];
/** The known values of a sale; fewer where it was refused early. */
export type MessageValues = Partial<Record<MessageVariable, string>>;

/** The sentences of a distributor's own, by language and outcome. */
export type OwnMessages = Readonly<Record<string, string>>;
export const messageKey = (outcome: CustomerOutcome, language: Language): string => `${language} ${outcome}`;

const isVariable = (name: string): name is MessageVariable => (MESSAGE_VARIABLES as readonly string[]).includes(name);

/** Finds what in a sentence cannot be filled in, whatever the sale: an unknown variable, or a brace of none. */
export function faultOfMessage(text: string): string | null {
  const rest = text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => (isVariable(name) ? '' : whole));
  if (!/[{}]/.test(rest)) return null;
  return `braces are for ${MESSAGE_VARIABLES.map((name) => `{${name}}`).join(', ')}`;
}

/**
 * Chooses what to tell the end customer: the distributor's own sentence, or where it has none, or one that mentions
 * what is not known of this sale, that of everybody.
 * @param usual that of everybody, where it says more than the outcome does
 */
export function tellCustomer(
  outcome: CustomerOutcome,
  language: Language,
  own: OwnMessages,
  values: MessageValues,
  usual = customerMessage(outcome, language),
): string {
  const text = own[messageKey(outcome, language)];
  if (text === undefined) return usual;
  let isComplete = true;
  const told = text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = isVariable(name) ? values[name] : undefined;
    isComplete &&= value !== undefined;
    return value ?? whole;
  });
  return isComplete ? told : usual;
}

const text = {
  minLength: 1,
  maxLength: 320,
  pattern: ONE_LINE,
};

/** The outcome and language of a sentence, as a path names them. */
export const MessageKey = Type.Object({
  outcome: Type.Enum(OUTCOMES, { examples: ['ok'] }),
  language: Type.Enum(LANGUAGES, { examples: ['fr'] }),
});

/** The message to end customers about one outcome, in one language. */
export const CustomerMessage = Type.Object(
  {
    outcome: Type.Enum(OUTCOMES, { description: 'What a sale came to, or the `reason` of a refusal' }),
    language: Type.Enum(LANGUAGES),
    default: Type.String({ description: 'What is told where you have set nothing' }),
    text: Type.Optional(Type.String({ description: 'Your own sentence; absent where you have set none' })),
    update_date: Type.Optional({ ...DateTime, description: 'When you have set it' }),
  },
  { title: 'CustomerMessage' },
);
export type CustomerMessage = Static<typeof CustomerMessage>;

/** A sentence of a distributor's own. */
export const CustomerMessageText = Type.Object(
  {
    text: Type.String({
      ...text,
      description:
        `May mention ${MESSAGE_VARIABLES.map((name) => `\`{${name}}\``).join(', ')}; ` +
        'where one of them is not known of a sale, the default is told instead',
    }),
  },
  { title: 'CustomerMessageText', additionalProperties: false },
);
export type CustomerMessageText = Static<typeof CustomerMessageText>;
