/** Where each operation answers. `BASES` carry the distributor's operations; the rest stand at the root. */

/** The bases of the live world: the published one, and the root as the operator's guide prints it. */
export const BASES = ['/travel-b2b/v1', ''] as const;

export const ROUTES = {
  live: '/live',
  offers: '/distributors/offers',
  offer: '/distributors/offers/:id',
  transactions: '/distributors/transactions',
  transaction: '/distributors/transactions/:id',
  suppliers: '/distributors/suppliers',
} as const;

export const TOKEN_ROUTE = '/oauth/v3/token';
export const ADMIN_GRANTS_ROUTE = '/admin/v1/offers/:id/grants';
export const HEALTH_ROUTE = '/healthz';
export const READY_ROUTE = '/readyz';
