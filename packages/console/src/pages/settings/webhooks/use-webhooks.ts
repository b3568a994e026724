import { useQuery } from '@tanstack/react-query';
import { queries, server } from '../../../server.ts';

/** Gives the distributor's endpoints. */
export const useWebhooks = () =>
  useQuery({ queryKey: ['webhooks'], queryFn: () => server.opentopup.call('listWebhooks', {}) });

export const refreshWebhooks = () => queries.invalidateQueries({ queryKey: ['webhooks'] });
