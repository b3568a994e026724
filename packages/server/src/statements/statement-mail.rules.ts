import type { Statement } from '@opentopup/contract';

/**
 * Writes the mail that tells of a closed statement, in English and French.
 * @param link where it can be read; null where nobody knows
 */
export function statementMail(
  { number, first_day, last_day, distributor_name, totals = [] }: Statement,
  link: string | null,
): { subject: string; body: string } {
  const amountsIn = (language: string): string =>
    totals
      .map(({ total, currency }) =>
        new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'code' }).format(total),
      )
      .join(', ');
  const lines = [
    `${distributor_name}: statement ${number}, ${first_day} to ${last_day}.`,
    ...(totals.length === 0 ? [] : [`Total: ${amountsIn('en')}`]),
    'It is a statement, not an invoice.',
    ...(link === null ? [] : [link]),
    '',
    `${distributor_name} : relevé ${number}, du ${first_day} au ${last_day}.`,
    ...(totals.length === 0 ? [] : [`Total : ${amountsIn('fr')}`]),
    "C'est un relevé, pas une facture.",
    ...(link === null ? [] : [link]),
  ];
  const subject = `Statement / Relevé ${number}: ${first_day} – ${last_day}`;
  return { subject, body: `${lines.join('\n')}\n` };
}
