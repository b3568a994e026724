import { PDF, type StatementDocument } from '@opentopup/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppOptions } from '../app-options.ts';
import { sendSheet, sheetFormOf } from '../http/answer-sheet.ts';
import { staffLanguageOf } from '../http/answers.ts';
import { acceptedType } from '../http/json-body.ts';
import { fail } from '../http/refusal-error.ts';
import { statementSheet } from './statement-sheet.ts';
import { type FrozenStatement, findFrozen, isClosing } from './statements.query.ts';

/** Which statement is asked for, and in which form. */
interface AskedStatement {
  id: string;
  for?: 'excel' | undefined;
  /** Whose it has to be; null: anybody's. */
  distributor_id: string | null;
}

/** What a workbook may have: beyond it, programs that read them become slow. */
const MOST_LINES_OF_WORKBOOK = 100_000;

const linesOf = ({ offers, bookings, bookings_left_out = 0 }: StatementDocument): number =>
  offers.reduce(
    (sum, { sold, delivered_late, reversed }) => sum + sold + delivered_late + reversed,
    bookings.length + bookings_left_out,
  );

/** Answers with a statement in the form that is asked for. */
export async function sendStatement(
  { db, reports }: AppOptions,
  asked: AskedStatement,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { id, distributor_id } = asked;
  // A replica that has it has all its lines too.
  const replicated = await findFrozen(reports, id, distributor_id);
  const frozen = replicated ?? (await findFrozen(db, id, distributor_id));
  if (!frozen) {
    if (await isClosing(db, id, distributor_id)) fail('statement_closing');
    return fail('not_found', { detail: `statement ${id} not found` });
  }
  const document = JSON.parse(frozen.content) as StatementDocument;
  const name = `statement-${document.first_day}-${frozen.number}`;
  const form = sheetFormOf(request, asked.for, `statement ${frozen.number}`);
  if (form?.form === 'xlsx' && linesOf(document) > MOST_LINES_OF_WORKBOOK) {
    return fail('too_many_lines', { detail: String(MOST_LINES_OF_WORKBOOK) });
  }
  if (form) return sendSheet(reply, statementSheet(replicated ? reports : db, document, form), form, name);
  if (acceptedType(request) !== PDF) return reply.type('application/json').send(signedText(frozen));
  const { statementPdf } = await import('./statement-pdf.ts');
  const pdf = await statementPdf(document, frozen, staffLanguageOf(request));
  return reply.header('Content-Disposition', `attachment; filename="${name}.pdf"`).type(PDF).send(pdf);
}

/** Writes the signed document, with the bytes that were signed. */
function signedText({ content, kid, signature }: FrozenStatement): string {
  return `{"document":${content},"signature":${JSON.stringify({ kid, algorithm: 'EdDSA', value: signature })}}`;
}
