import { AnswerError, ConnectionError, TravelB2BError } from '@opentopup/client';
import { Session } from '@opentopup/client/session';
import { CSRF_HEADER, UNATTENDED } from '@opentopup/contract';
import { MutationCache, onlineManager, QueryCache, QueryClient } from '@tanstack/react-query';
import { currentLanguage } from './language/language.ts';
import { isAttended } from './session/attended.ts';

const TIMEOUT_MS = 20_000;
/** What reads all sales of a time may take so long. */
const PATIENCE_MS = 15 * 60_000;
const LOOK_AGAIN_MS = 1_500;
const RETRIES = 3;

const OPTIONS = {
  onRequest: () => ({
    'Accept-Language': currentLanguage(),
    ...(!isAttended() && { [CSRF_HEADER]: UNATTENDED }),
  }),
  timeout_ms: TIMEOUT_MS,
  // Queries are repeated below, so that the page knows of it.
  retries: 0,
};

/** The server that this page came from. */
export const server = new Session({ ...OPTIONS, baseUrl: location.origin });

/** The same, for an answer that takes its time. */
export const patient = new Session({ ...OPTIONS, timeout_ms: PATIENCE_MS, baseUrl: location.origin });

/** Below this nothing answers but the sandbox. */
export const SANDBOX_BASE = '/travel-b2b-sandbox/v1';

/** The wire in the sandbox of whoever is signed in. Without what lies beside the wire: that is not the sandbox's. */
export const sandbox = new Session({ ...OPTIONS, baseUrl: location.origin + SANDBOX_BASE }).operations;

/** Nobody answered, or a proxy in front of a server that is not there. */
const isAway = (error: unknown): boolean =>
  error instanceof ConnectionError || (error instanceof AnswerError && error.status >= 502 && error.code === undefined);

/** Returns true where the session has ended. */
export const isSignedOut = (error: unknown): boolean => error instanceof AnswerError && error.status === 401;

const isThere = (): Promise<unknown> => server.operations.call('isAlive').catch(() => null);

let looking: Promise<void> | undefined;
let wake = (): void => undefined;
/** Looks at once whether the server is back. */
export const lookNow = (): void => wake();

async function look(): Promise<void> {
  onlineManager.setOnline(false);
  do {
    await new Promise<void>((done) => {
      wake = done;
      setTimeout(done, LOOK_AGAIN_MS);
    });
  } while (!(await isThere()));
  looking = undefined;
  onlineManager.setOnline(true);
}

/** Makes everything wait until the server answers again. */
const waitForServer = (): Promise<void> => (looking ??= look());

/** Loads a part of the program, and waits for it where the server is away. */
export async function load<Part>(part: () => Promise<Part>): Promise<Part> {
  try {
    return await part();
  } catch (error) {
    // It answers, and has no such part any more.
    if (await isThere()) throw error;
    await waitForServer();
    return load(part);
  }
}

/** Decides whether to try again. What the server never answered waits for it to be back, however long that takes. */
function again(failures: number, error: unknown): boolean {
  if (isAway(error)) {
    void waitForServer();
    return true;
  }
  return error instanceof AnswerError && error.transient && failures < RETRIES;
}

/**
 * Waits for something to be made under an id that is new with this attempt, however often it is tried: where the id is
 * taken, an earlier try has made it, and its answer was lost.
 */
export const onceMade = (making: Promise<unknown>): Promise<unknown> =>
  making.catch((error: unknown) => {
    if (!(error instanceof AnswerError && error.reason === 'id_taken')) throw error;
  });

/** Tells whether what would be done twice may be tried again: only where certainly nothing was done. */
export const onceOnly = (failures: number, error: Error): boolean => !isDoubtful(error) && again(failures, error);

/** Returns true where nobody knows whether the request was carried out. */
export const isDoubtful = (error: unknown): boolean =>
  error instanceof TravelB2BError && error.transient && !error.nothingDone;

const SESSION = 'session';
/** Looks at the session after a 401: if it has ended, the shell asks to sign in, over the page as it stands. */
function lookAtSession(error: unknown, queryKey?: readonly unknown[]): void {
  // Before anybody is signed in, a 401 is the answer to the attempt.
  const isSignedIn = queries.getQueryData([SESSION]) !== undefined;
  if (isSignedIn && isSignedOut(error) && queryKey?.[0] !== SESSION) {
    void queries.invalidateQueries({ queryKey: [SESSION] });
  }
}

export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: (error, { queryKey }) => lookAtSession(error, queryKey) }),
  mutationCache: new MutationCache({ onError: (error) => lookAtSession(error) }),
  defaultOptions: {
    queries: { retry: again, staleTime: 10_000 },
    mutations: { retry: again },
  },
});

// The browser's own idea of being online says nothing of this server.
onlineManager.setEventListener(() => undefined);
