/** With it, servers on any database keep eSIM profiles. */
export const SEALING_KEY = Buffer.alloc(32, 7).toString('base64url');

/** The operator's, of servers that have no demo file. */
export const ADMIN_TOKEN = 'operator-token-of-the-tests';
