/** What tells whether an offer can be sold; a server that is not ours may say less. */
interface OnSale {
  expiration_date?: string | undefined;
  status?: string | undefined;
  bucket: number;
}

/** Tells why an offer cannot be sold now; null where it can. */
export function hindrance({
  expiration_date,
  status = 'available',
  bucket,
}: OnSale): 'empty' | 'expired' | 'stopped' | null {
  if (expiration_date && new Date(expiration_date) < new Date()) return 'expired';
  if (status !== 'available') return 'stopped';
  return bucket === 0 ? 'empty' : null;
}
