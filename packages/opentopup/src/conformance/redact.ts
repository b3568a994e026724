/** Fields that hold customers' lines, references or secrets. */
const PERSONAL = new Set([
  'access_token',
  'activation_code',
  'iccid',
  'imsi',
  'matching_id',
  'msisdn',
  'nsce',
  'pin_code',
  'public_key',
  'public_key_value',
  'puk',
  'serial',
  'simId',
  'user_id',
  'voucher_id',
]);
const HIDDEN = '…';
/** Of a body, in a report. */
const SHOWN = 1_500;

function cut(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/** Gives a body as a report may show it: without lines, references and secrets, and not all of it. */
export function redactBody(text: string): string {
  try {
    const shown = JSON.stringify(
      JSON.parse(text),
      (name, value: unknown) => (PERSONAL.has(name) && value !== '' && value !== null ? HIDDEN : value),
      2,
    );
    return cut(shown);
  } catch {
    // Whatever it is: lines are the long numbers in it.
    return cut(text.slice(0, 10 * SHOWN).replaceAll(/\d[\d .-]{4,}\d/g, HIDDEN));
  }
}

/** Gives a path as a report may show it. */
export const redactPath = (path: string): string => path.replaceAll(/(simId|user)=[^&]+/g, `$1=${HIDDEN}`);

/** Gives the headers of a request without what proves who asks. */
export const redactHeaders = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      name === 'Authorization' ? value.replace(/^(\w+) .*$/, `$1 ${HIDDEN}`) : value,
    ]),
  );
