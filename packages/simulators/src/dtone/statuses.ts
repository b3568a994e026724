/** The classes of a transaction's status, with the vendor's numbers. */
const CLASSES = {
  CREATED: 1,
  CONFIRMED: 2,
  REJECTED: 3,
  CANCELLED: 4,
  SUBMITTED: 5,
  COMPLETED: 7,
  REVERSED: 8,
  DECLINED: 9,
} as const;
export type DtoneClass = keyof typeof CLASSES;

/** What follows a class, in the order of the vendor's table. */
const DETAILS: Readonly<Partial<Record<DtoneClass, readonly string[]>>> = {
  REJECTED: [
    'INVALID-CREDIT-PARTY',
    'BARRED-CREDIT-PARTY',
    'INELIGIBLE-CREDIT-PARTY',
    'INVALID-DEBIT-PARTY',
    'BARRED-DEBIT-PARTY',
    'LIMITATIONS-ON-CREDIT-PARTY-AMOUNT',
    'LIMITATIONS-ON-CREDIT-PARTY-QUANTITY',
    'OPERATOR-CURRENTLY-UNAVAILABLE',
    'INSUFFICIENT-BALANCE',
  ],
  DECLINED: [
    'INVALID-CREDIT-PARTY',
    'BARRED-CREDIT-PARTY',
    'INELIGIBLE-CREDIT-PARTY',
    'INVALID-DEBIT-PARTY',
    'BARRED-DEBIT-PARTY',
    'LIMITATIONS-ON-OPERATOR-AMOUNT',
    'LIMITATIONS-ON-CREDIT-PARTY-AMOUNT',
    'LIMITATIONS-ON-CUSTOMER-AMOUNT',
    'LIMITATIONS-ON-OPERATOR-QUANTITY',
    'LIMITATIONS-ON-CREDIT-PARTY-QUANTITY',
    'LIMITATIONS-ON-CUSTOMER-QUANTITY',
    'DUPLICATED-TRANSACTION',
    'OPERATOR-CURRENTLY-UNAVAILABLE',
    // Among the sandbox's numbers, and in no table.
    'EXCEPTION',
  ],
};

export interface DtoneStatus {
  id: number;
  message: string;
  class: { id: number; message: DtoneClass };
}

const namesOf = (name: DtoneClass): string[] => [name, ...(DETAILS[name] ?? []).map((detail) => `${name}-${detail}`)];

/** Every status, by its name. Only the numbers of the classes are the vendor's. */
export const DTONE_STATUSES: ReadonlyMap<string, DtoneStatus> = new Map(
  (Object.keys(CLASSES) as DtoneClass[]).flatMap((name) =>
    namesOf(name).map((message, at) => {
      const id = CLASSES[name];
      return [message, { id: id * 10_000 + at * 100, message, class: { id, message: name } }] as const;
    }),
  ),
);

/** What the last two of three last digits come to, in the vendor's sandbox. */
const BY_DIGITS: Readonly<Record<string, string>> = {
  '00': 'COMPLETED',
  '01': 'COMPLETED',
  '02': 'DECLINED-INVALID-CREDIT-PARTY',
  '03': 'DECLINED-BARRED-CREDIT-PARTY',
  '04': 'DECLINED-OPERATOR-CURRENTLY-UNAVAILABLE',
  '05': 'DECLINED-DUPLICATED-TRANSACTION',
  '06': 'DECLINED',
  '07': 'DECLINED-EXCEPTION',
};
/** How long that takes, by the digit before. */
const DELAYS_MS: Readonly<Record<string, number>> = { '1': 3_000, '2': 20_000, '3': 300_000 };

/** How an order for a number goes. */
export interface PlayedEnding {
  ending: string;
  after_ms: number;
  hasPin: boolean;
}

/** Tells how an order goes, by the number or account that it is for. Those without a meaning are completed. */
export function endingOf(line: string | null): PlayedEnding {
  const [, first = '', last = ''] = /([123])(\d\d)$/.exec(line ?? '') ?? [];
  const ending = BY_DIGITS[last];
  if (ending === undefined) return { ending: 'COMPLETED', after_ms: DELAYS_MS['1'] ?? 0, hasPin: false };
  return { ending, after_ms: DELAYS_MS[first] ?? 0, hasPin: last === '01' };
}
