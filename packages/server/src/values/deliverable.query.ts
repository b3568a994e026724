/**
 * What a transaction delivers, as a `DeliverableKind` in SQL: it keeps no line for an eSIM. A line that was forgotten is
 * still a text.
 * @param of the name of the transaction in the statement
 */
export const DELIVERS = (of: string): string => `CASE WHEN ${of}.line IS NULL THEN 'esim' ELSE 'line' END`;
