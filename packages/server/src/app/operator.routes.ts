import type { FastifyInstance } from 'fastify';
import { operatorAccountRoutes } from '../access/accounts/accounts.routes.ts';
import { guard, requireOperator } from '../access/auth.ts';
import { credentialRoutes } from '../access/credentials/credentials.routes.ts';
import { providerRoutes } from '../access/sign-on/sign-on.routes.ts';
import type { AppOptions } from '../app-options.ts';
import { auditRoute } from '../audit/audit.routes.ts';
import { offerDetailRoutes } from '../catalogue/offers/offers.routes.ts';
import { productRoutes } from '../catalogue/products/products.routes.ts';
import { supplierDetailRoutes } from '../catalogue/suppliers/suppliers.routes.ts';
import { disputeRoutes } from '../disputes/disputes.routes.ts';
import { distributorRoutes } from '../distributors/distributors.routes.ts';
import { confirmationRoute } from '../esims/identification.routes.ts';
import { allEventRoutes } from '../events/events.routes.ts';
import { importRoute } from '../ledger/imports.routes.ts';
import { ledgerRoutes, stockRoutes } from '../ledger/ledger.routes.ts';
import { anyReceiptRoute } from '../proofs/proofs.routes.ts';
import { booksFileRoute, reconciliationRoutes } from '../reconciliation/reconciliation.routes.ts';
import { recoveryRoutes } from '../recovery/recovery.routes.ts';
import { refillRoutes } from '../refills/refills.routes.ts';
import { replayRoutes } from '../replays/replays.routes.ts';
import { overviewOfAllRoute } from '../reports/overview.routes.ts';
import { rankingRoute } from '../reports/ranking.routes.ts';
import { supplierTrafficRoutes } from '../reports/supplier-traffic.routes.ts';
import { reversalRoutes } from '../reversals/reversals.routes.ts';
import { offerRouteRoutes } from '../routing/offer-routes.routes.ts';
import { claimRoutes } from '../sales/claims/claims.routes.ts';
import { allParkingRoute } from '../sales/parking/parking.routes.ts';
import { transactionDetailRoutes } from '../sales/transactions/all-transactions.routes.ts';
import { attemptOfAllRoute } from '../sales/transactions/attempts.routes.ts';
import { allTransactionTotalsRoute } from '../sales/transactions/transaction-totals.routes.ts';
import { documentKeyRoutes } from '../signing/document-keys.routes.ts';
import { allStatementRoutes } from '../statements/statements.routes.ts';

const ROUTES = [
  distributorRoutes,
  credentialRoutes,
  supplierDetailRoutes,
  productRoutes,
  offerDetailRoutes,
  offerRouteRoutes,
  importRoute,
  stockRoutes,
  refillRoutes,
  allParkingRoute,
  transactionDetailRoutes,
  attemptOfAllRoute,
  allTransactionTotalsRoute,
  claimRoutes,
  reversalRoutes,
  anyReceiptRoute,
  disputeRoutes,
  allStatementRoutes,
  overviewOfAllRoute,
  rankingRoute,
  supplierTrafficRoutes,
  replayRoutes,
  ledgerRoutes,
  reconciliationRoutes,
  booksFileRoute,
  recoveryRoutes,
  confirmationRoute,
  allEventRoutes,
  auditRoute,
  documentKeyRoutes,
  operatorAccountRoutes,
  providerRoutes,
];

/** Serves what the operator does. */
export async function operatorRoutes(app: FastifyInstance, options: AppOptions): Promise<void> {
  guard(app, requireOperator(options));
  for (const routes of ROUTES) await app.register(routes, options);
}
