import { useQuery } from '@tanstack/react-query';
import { queries } from '../../server.ts';

/**
 * What a sale needs once its line is typed. The numbering plans of all countries weigh more than the page itself, which
 * can be used before: they come once somebody types.
 */
const NEXT_STEPS = {
  queryKey: ['next steps'],
  queryFn: async () => {
    const [{ recogniseNumber }, { orderOf }] = await Promise.all([
      import('./recognise-number.ts'),
      import('./order-of.ts'),
      import('./order-form.tsx'),
      import('./sale-outcome.tsx'),
    ]);
    return { recogniseNumber, orderOf };
  },
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  retry: 3,
};

/** Loads the next steps once they are wanted; gives them as soon as they have come. */
export const useNextSteps = (areWanted: boolean) => useQuery({ ...NEXT_STEPS, enabled: areWanted }).data;

/** Waits for the next steps. */
export const nextSteps = () => queries.ensureQueryData(NEXT_STEPS);
