/** What of a sale tells whether it has a receipt. */
type Ended = { status: string; reason: string | null };

/** Tells whether a sale was made, and reversed since. */
export const isAnnulled = ({ reason }: Pick<Ended, 'reason'>): boolean => reason === 'reversed';

/** Tells whether a sale has a receipt: it was made, whatever has become of it since. */
export const hasReceipt = (sale: Ended): boolean => sale.status === 'ok' || isAnnulled(sale);
