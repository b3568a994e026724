/** What a sold eSIM may tell of how it is installed. */
export interface EsimInstallation {
  /** Decrypted. */
  activation_code?: string;
  smdp_url?: string;
  matching_id?: string;
}

/**
 * Gives the text that a phone reads from the QR code, `LPA:1$server$matching-id` (GSMA SGP.22, 4.1); from the decrypted
 * activation code, or from the server and the matching id.
 * @throws TypeError where neither is there
 */
export function lpaString({ activation_code, smdp_url, matching_id }: EsimInstallation): string {
  const code = activation_code?.trim();
  if (code) {
    if (/^LPA:1\$/i.test(code)) return code;
    if (code.startsWith('1$')) return `LPA:${code}`;
  }
  const matching = code || matching_id;
  if (!smdp_url || !matching) throw new TypeError('an eSIM is installed with a server and a matching id');
  return `LPA:1$${smdp_url.replace(/^https?:\/\//, '').replace(/\/+$/, '')}$${matching}`;
}
