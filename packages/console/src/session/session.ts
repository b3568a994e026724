import type { GuardedOperation, SignedIn } from '@opentopup/contract';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { isSignedOut, queries, server } from '../server.ts';

const SESSION = {
  queryKey: ['session'],
  queryFn: () => server.account.call('getSession'),
  staleTime: 30_000,
};

/** Tells who is signed in; nobody, before anybody was; or somebody whose session has ended meanwhile. */
export function useGate(): { signedIn: SignedIn | undefined; isOver: boolean; isLoading: boolean } {
  const { data, error, isPending } = useQuery(SESSION);
  return { signedIn: data, isOver: data !== undefined && isSignedOut(error), isLoading: isPending };
}

/** Tells who is signed in; only behind the gate. */
export const useSignedIn = (): SignedIn => useSuspenseQuery(SESSION).data;

/** Tells whether sales of the distributor of who is signed in are closed; it is looked at again and again. */
export const useSalesClosed = (): boolean =>
  useQuery({ ...SESSION, refetchInterval: 30_000 }).data?.distributor?.sales_closed ?? false;

/** Tells whether the role of who is signed in may call this. */
export function useMay(): (operation: GuardedOperation) => boolean {
  const { permissions } = useSignedIn();
  return (operation) => permissions.includes(operation);
}

const SAVED_FILTERS = 'opentopup.filters.';

/** Gives the name under which this browser keeps the filters that an account has saved. */
export const savedFiltersOf = (accountId: string): string => SAVED_FILTERS + accountId;

/** Forgets the filters that others have saved: there may be numbers of customers in them, and a till has several sellers. */
function forgetFilters(except?: string): void {
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(SAVED_FILTERS) && name !== except) localStorage.removeItem(name);
  }
}

/** Takes somebody in. What was loaded for another account is forgotten. */
export function enter(signedIn: SignedIn): void {
  const before = queries.getQueryData<SignedIn>(SESSION.queryKey);
  if (before?.id !== signedIn.id) queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
  forgetFilters(savedFiltersOf(signedIn.id));
  queries.setQueryData(SESSION.queryKey, signedIn);
  void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
}

/** Ends the session, and forgets all that was seen in it. */
export async function leave(): Promise<void> {
  const { sign_out_url } = await server.account.call('signOut');
  sessionStorage.clear();
  forgetFilters();
  // From the beginning: nothing of the account stays in memory. A provider that has signed it in sends the browser back.
  location.assign(sign_out_url ?? '/');
}
