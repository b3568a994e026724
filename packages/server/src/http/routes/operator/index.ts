import type { FastifyInstance } from 'fastify';
import type { AppOptions } from '../../app-options.ts';
import { guard, requireOperator } from '../../auth.ts';
import { operatorAccountRoutes } from './accounts.ts';
import { auditRoute } from './audit.ts';
import { credentialRoutes } from './credentials.ts';
import { distributorRoutes } from './distributors.ts';
import { allEventRoutes } from './events.ts';
import { confirmationRoute } from './identifications.ts';
import { importRoute } from './imports.ts';
import { ledgerRoutes } from './ledger.ts';
import { offerDetailRoutes } from './offers.ts';
import { overviewOfAllRoute } from './overview.ts';
import { productRoutes } from './products.ts';
import { stockRoutes } from './stock.ts';
import { supplierDetailRoutes } from './suppliers.ts';
import { transactionDetailRoutes } from './transactions.ts';

const ROUTES = [
  distributorRoutes,
  credentialRoutes,
  supplierDetailRoutes,
  productRoutes,
  offerDetailRoutes,
  importRoute,
  stockRoutes,
  transactionDetailRoutes,
  overviewOfAllRoute,
  ledgerRoutes,
  confirmationRoute,
  allEventRoutes,
  auditRoute,
  operatorAccountRoutes,
];

/** What the operator does. */
export async function operatorRoutes(app: FastifyInstance, options: AppOptions): Promise<void> {
  guard(app, requireOperator(options));
  for (const routes of ROUTES) await app.register(routes, options);
}
