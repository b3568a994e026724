import { CSV, EXCEL, OPERATOR_OPERATIONS, XLSX } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { importOffers } from '../catalogue/import/import-offers.ts';
import { importProducts } from '../catalogue/import/import-products.ts';
import { orFail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { importGrants } from './import-grants.ts';

/** Largest file taken, in bytes. */
const FILE_LIMIT = 5 * 1024 * 1024;

/** What adds or changes many things of a kind from a table: all of them or none. */
const IMPORTS = { products: importProducts, offers: importOffers, grants: importGrants };

/** Serves the one operation that takes tables, and nothing else. */
export async function importRoute(app: FastifyInstance, { ctx }: AppOptions): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser([CSV, EXCEL, XLSX], { parseAs: 'buffer' }, async (_: unknown, body: Buffer) => body);

  serve(
    app,
    OPERATOR_OPERATIONS.importCsv,
    async ({ params, query, body }, request) => {
      const file = Buffer.from(body ?? '');
      const options = { dryRun: query.dry_run ?? false, actor: actorOf(request) };
      return orFail(await IMPORTS[params.kind](ctx, file, options));
    },
    { rawBody: true, bodyLimit: FILE_LIMIT },
  );
}
