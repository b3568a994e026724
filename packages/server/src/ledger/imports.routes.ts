import { CSV, EXCEL, OPERATOR_OPERATIONS, XLSX } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { orFail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { importCsv } from './import-csv.ts';

/** Largest file taken, in bytes. */
const FILE_LIMIT = 5 * 1024 * 1024;

/** The one route that takes tables, and nothing else. */
export async function importRoute(app: FastifyInstance, { ctx }: AppOptions): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser([CSV, EXCEL, XLSX], { parseAs: 'buffer' }, async (_: unknown, body: Buffer) => body);

  serve(
    app,
    OPERATOR_OPERATIONS.importCsv,
    async ({ params, query, body }, request) => {
      const file = Buffer.from(body ?? '');
      return orFail(
        await importCsv(ctx, params.kind, file, { dryRun: query.dry_run ?? false, actor: actorOf(request) }),
      );
    },
    { rawBody: true, bodyLimit: FILE_LIMIT },
  );
}
