import type { Statement } from '@opentopup/contract';

/**
 * Writes the mail that tells of a closed statement, in English and French.
 * @param link where it can be read; null where nobody knows
 */
export function statementMail(
  { number, first_day, last_day, distributor_name, totals = [] }: Statement,
  link: string | null,
): { subject: string; body: string } {
  const amounts = totals.map(({ total, currency }) => `${total} ${currency}`).join(', ');
  const lines = [
    `${distributor_name}: statement ${number}, ${first_day} to ${last_day}.`,
    ...(amounts === '' ? [] : [`Total: ${amounts}`]),
    'It is a statement, not an invoice.',
    ...(link === null ? [] : [link]),
    '',
    `${distributor_name} : relevé ${number}, du ${first_day} au ${last_day}.`,
    ...(amounts === '' ? [] : [`Total : ${amounts}`]),
    "C'est un relevé, pas une facture.",
    ...(link === null ? [] : [link]),
  ];
  const subject = `Statement / Relevé ${number}: ${first_day} – ${last_day}`;
  return { subject, body: `${lines.join('\n')}\n` };
}
