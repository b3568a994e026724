import { isIP } from 'node:net';
import { type Refusal, refuse } from '@opentopup/contract';
import type { Context } from '../../context.ts';

/** As which site browsers know this server. */
export interface RelyingParty {
  id: string;
  origin: string;
}

/** Gives the site for which passkeys are; they need a name, as an address is nobody's for good. */
export function relyingParty({ consoleUrl }: Pick<Context, 'consoleUrl'>): RelyingParty | Refusal {
  const url = consoleUrl();
  const { hostname, origin } = URL.canParse(url) ? new URL(url) : { hostname: '', origin: '' };
  const isNamed = hostname !== '' && !hostname.startsWith('[') && isIP(hostname) === 0;
  return isNamed ? { id: hostname, origin } : refuse('not_configured', { detail: 'PUBLIC_URL' });
}

/** How long what a device is to sign counts. */
export const CHALLENGE_LIFE_MS = 5 * 60_000;
