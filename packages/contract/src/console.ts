/** The path of the console's page that uses a one-time link; the token follows as the fragment: `/password#…`. */
export const LINK_PATH = '/password';

/** The path to which a sign-in provider sends the browser back; with a code behind it, somebody begins to sign in there. */
export const SIGN_ON_PATH = '/sign-on';

/** Fewest characters of a password. */
export const SHORTEST_PASSWORD = 12;

/** The pages of the console; what lies below one belongs to it. The server answers them with the web app. */
export const CONSOLE_PATHS = [
  '/',
  LINK_PATH,
  SIGN_ON_PATH,
  '/sell',
  '/transactions',
  '/stock',
  '/overview',
  '/month-end',
  '/settings',
  '/integrate',
] as const;
