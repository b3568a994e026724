/** Why a number cannot be recharged. */
export const NUMBER_FAULTS = ['not_a_number', 'too_short', 'too_long', 'other_country', 'not_mobile'] as const;
export type NumberFault = (typeof NUMBER_FAULTS)[number];

/** Why a text is no serial of a SIM. */
export const SERIAL_FAULTS = [
  'serial_not_digits',
  'serial_too_short',
  'serial_too_long',
  'serial_check_digit',
] as const;
export type SerialFault = (typeof SERIAL_FAULTS)[number];

/** The faults in how an order names its line; naming none is one, and so is naming one for an eSIM. */
export const LINE_FAULTS = [
  ...NUMBER_FAULTS,
  ...SERIAL_FAULTS,
  'number_missing',
  'serial_missing',
  'line_not_taken',
] as const;

/** Why the line of an order is refused. */
export interface LineFault {
  fault: (typeof LINE_FAULTS)[number];
  /** Of which countries or territories the number may be instead (ISO 3166-1 alpha-2), where that is known. */
  countries?: string[];
}
