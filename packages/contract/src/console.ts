/** The path of the console's page that uses a one-time link; the token follows as the fragment: `/password#…`. */
export const LINK_PATH = '/password';

/** Fewest characters of a password. */
export const SHORTEST_PASSWORD = 12;

/** The pages of the console; what lies below one belongs to it. The server answers them with the web app. */
export const CONSOLE_PATHS = [
  '/',
  LINK_PATH,
  '/sell',
  '/transactions',
  '/stock',
  '/overview',
  '/month-end',
  '/settings',
  '/integrate',
] as const;
