import { SIGN_ON_PATH } from '@opentopup/contract';

/** The code of the business at whose provider somebody has signed in here. */
const CODE = 'opentopup.sign-on';
/** Where somebody was when a sign-in took the page away. */
const PLACE = 'opentopup.sign-on.place';

export const rememberCode = (code: string): void => localStorage.setItem(CODE, code);
export const forgetCode = (): void => localStorage.removeItem(CODE);

/** Gives the address at which somebody begins to sign in at a provider. */
export function signOnAddress(): string {
  const code = localStorage.getItem(CODE);
  return code === null ? SIGN_ON_PATH : `${SIGN_ON_PATH}/${encodeURIComponent(code)}`;
}

/** Keeps where somebody is, to come back to it. */
export const keepPlace = (): void => sessionStorage.setItem(PLACE, location.pathname + location.search);

/** Gives the place that was kept, once; the start where there is none. */
export function takePlace(): string {
  const place = sessionStorage.getItem(PLACE) ?? '/';
  sessionStorage.removeItem(PLACE);
  // Only places of ours are kept; another tab of this origin might say otherwise.
  return /^\/(?!\/)/.test(place) && !place.startsWith(SIGN_ON_PATH) ? place : '/';
}
