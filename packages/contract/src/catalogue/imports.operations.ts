import Type from 'typebox';
import { OPERATORS } from '../access/role-groups.ts';
import { ImportReport } from '../audit/audit.ts';
import { EXAMPLE_IDS } from '../example-values.ts';
import { CSV, EXCEL, XLSX } from '../media-types.ts';
import { operation } from '../operation.ts';
import { answer, ofOperator } from '../operation-parts.ts';

/** Many products, offers or grants from one file. */
export const OPERATOR_IMPORT_OPERATIONS = {
  importCsv: operation({
    id: 'importCsv',
    method: 'POST',
    path: '/admin/v1/imports/{kind}',
    tag: 'Catalogue',
    summary: 'Adds or changes many products, offers or grants from a CSV file or Excel workbook, all or none',
    description:
      'The first line names the columns; they are those of `createProduct`, `createOffer` and `createGrant` (with ' +
      '`offer_id`), lists separated by `|`. A row whose `id` (of a grant: `reference`) is known changes nothing or what ' +
      'differs. Up to 10,000 rows. CSV may have any usual separator and encoding; the report tells the encoding.',
    ...ofOperator,
    roles: OPERATORS,
    params: Type.Object({ kind: Type.Enum(['products', 'offers', 'grants'], { examples: ['grants'] }) }),
    query: Type.Object({ dry_run: Type.Optional(Type.Boolean({ description: 'Only says what would be done' })) }),
    body: Type.String(),
    bodyType: CSV,
    bodyAlso: [XLSX, EXCEL],
    bodyExample: `offer_id,units,reference,justification\n${EXAMPLE_IDS.offer},100,PO-1,Monthly order\n`,
    answers: { 200: answer('What was done', ImportReport) },
    reasons: ['invalid_csv'],
  }),
} as const;
