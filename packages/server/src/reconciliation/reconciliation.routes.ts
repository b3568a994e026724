import { CSV, EXCEL, OPERATOR_OPERATIONS, XLSX } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { fail, orFail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { fittingOffers } from './book-lost-sale.ts';
import { findBooksMapping } from './books-mapping.query.ts';
import { type CaseRow, findCase, listCases, listNotes } from './cases.query.ts';
import { changeCase } from './change-case.ts';
import { compareFile } from './compare-file.ts';
import { endCase } from './end-case.ts';
import { startReconciliation } from './reconcile-supplier.ts';
import { wireCase, wireCaseDetail, wireReconciliation, wireReconciliationDetail } from './reconciliation.wire.ts';
import { findReconciliation, listDays, listReconciliations } from './reconciliations.query.ts';
import { setBooksMapping } from './set-books-mapping.ts';

/** Serves the comparison of our books with those of suppliers, and the differences. */
export async function reconciliationRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  const onWire = async (row: CaseRow) => {
    const isLost = row.status === 'open' && row.kind === 'delivered_there_not_sold_here' && row.transaction_id !== null;
    const offers = isLost ? await fittingOffers(db, [row.id]) : null;
    return wireCaseDetail(row, await listNotes(db, row.id), offers);
  };

  serve(app, OPERATOR_OPERATIONS.createReconciliation, async ({ body }, request, reply) =>
    reply.code(202).send(wireReconciliation(orFail(await startReconciliation(ctx, body, actorOf(request))))),
  );

  serve(app, OPERATOR_OPERATIONS.listReconciliations, async ({ query }) =>
    (await listReconciliations(db, query)).map(wireReconciliation),
  );

  serve(app, OPERATOR_OPERATIONS.getReconciliation, async ({ params }) => {
    const row = await findReconciliation(db, params.id);
    if (!row) return fail('not_found', { detail: `reconciliation ${params.id} not found` });
    return wireReconciliationDetail(row, await listDays(db, row.id));
  });

  serve(app, OPERATOR_OPERATIONS.getBooksMapping, async ({ params }) => {
    const mapping = await findBooksMapping(db, params.id);
    return mapping ?? fail('not_found', { detail: `supplier ${params.id} has no mapping` });
  });

  serve(app, OPERATOR_OPERATIONS.setBooksMapping, async ({ params, body }, request) =>
    orFail(await setBooksMapping(ctx, params.id, body, actorOf(request))),
  );

  serve(app, OPERATOR_OPERATIONS.listReconciliationCases, async ({ query }) =>
    (await listCases(db, query)).map(wireCase),
  );

  serve(app, OPERATOR_OPERATIONS.getReconciliationCase, async ({ params }) => {
    const row = await findCase(db, params.id);
    return row ? onWire(row) : fail('not_found', { detail: `case ${params.id} not found` });
  });

  serve(app, OPERATOR_OPERATIONS.changeReconciliationCase, async ({ params, body }, request) =>
    onWire(orFail(await changeCase(ctx, params.id, body, actorOf(request)))),
  );

  serve(app, OPERATOR_OPERATIONS.endReconciliationCase, async ({ params, body }, request, reply) =>
    reply.code(201).send(await onWire(orFail(await endCase(ctx, params.id, body, actorOf(request))))),
  );
}

/** Largest file taken, in bytes: a row of a quarter of 300,000 sales has some 200. */
const FILE_LIMIT = 64 * 1024 * 1024;

/** Serves the one operation that takes files of suppliers, and nothing else. */
export async function booksFileRoute(app: FastifyInstance, { ctx }: AppOptions): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser([CSV, EXCEL, XLSX], { parseAs: 'buffer' }, async (_: unknown, body: Buffer) => body);

  serve(
    app,
    OPERATOR_OPERATIONS.compareBooksFile,
    async ({ params, query, body }, request) => {
      const { from, to, name = null, whole: isWhole = false, dry_run: isDryRun = false } = query;
      const content = Buffer.from(body ?? '');
      const file = { supplier_id: params.id, content, name, from, to, isWhole, isDryRun, actor: actorOf(request) };
      return orFail(await compareFile(ctx, file));
    },
    { rawBody: true, bodyLimit: FILE_LIMIT },
  );
}
