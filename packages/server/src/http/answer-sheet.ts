import type { Readable } from 'node:stream';
import { CSV, SHEET_FORM_NAMES, SHEET_FORMS, type SheetFormName } from '@opentopup/contract';
import { decimalSign, type SheetForm } from '@opentopup/sheets';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageOf } from './answers.ts';
import { acceptedType } from './json-body.ts';
import { fail } from './refusal-error.ts';

/** Tells how each form is written for whoever asks for it. */
const FORM_FOR: Readonly<Record<SheetFormName, (request: FastifyRequest, name: string) => SheetForm>> = {
  csv: () => ({ form: 'csv' }),
  excel: (request) => ({ form: 'excel', decimal: decimalSign(languageOf(request)) }),
  xlsx: (_, name) => ({ form: 'xlsx', name }),
};

/**
 * Tells as what kind of sheet a request wants the answer; null for one that wants another form.
 * @param name that of the sheet in a workbook
 */
export function sheetFormOf(request: FastifyRequest, reader: 'excel' | undefined, name: string): SheetForm | null {
  const type = acceptedType(request);
  const [first, ...others] = SHEET_FORM_NAMES.filter((form) => SHEET_FORMS[form].mediaType === type);
  if (first) return FORM_FOR[others.find((other) => other === reader) ?? first](request, name);
  if (reader === undefined) return null;
  return fail('invalid_query_parameter', { field: 'for', detail: `it needs Accept: ${CSV}` });
}

/**
 * Answers with a sheet as a file.
 * @param name of the file, without its ending
 */
export function sendSheet(reply: FastifyReply, sheet: Readable, { form }: SheetForm, name: string): FastifyReply {
  const { mediaType, ending, isBinary } = SHEET_FORMS[form];
  const type = isBinary ? mediaType : `${mediaType}; charset=utf-8`;
  return reply.header('Content-Disposition', `attachment; filename="${name}.${ending}"`).type(type).send(sheet);
}
