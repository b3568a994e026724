import type { SignedStatement, Statement, StatementSettings, StatementSettingsChange } from '@opentopup/contract';
import { STATEMENT_FILES, type StatementFile } from '@opentopup/contract/statements/statement-files';
import type { OperationSet } from './operation-set.ts';
import type { ExtensionOperations } from './operations.ts';
import type { CallOptions } from './options.ts';
import { type FileOptions, requestOfFile } from './statement-files.ts';

/** Groups the calls about a distributor's own statements: what its months came to. */
export const statementsOf = (extensions: OperationSet<ExtensionOperations>) => ({
  /** Newest first. */
  list: (options?: CallOptions): AsyncIterable<Statement> => extensions.each('listOwnStatements', {}, options),
  /** The signed document. */
  get: (id: string, options?: CallOptions): Promise<SignedStatement> =>
    extensions.call('getOwnStatement', { params: { id }, query: {} }, options),
  /** The same as a file, as it comes in. */
  file: (
    id: string,
    file: StatementFile,
    { language, ...options }: FileOptions = {},
  ): Promise<ReadableStream<Uint8Array>> =>
    extensions.stream('getOwnStatement', STATEMENT_FILES[file].mediaType, requestOfFile(id, file, language), options),
  settings: (options?: CallOptions): Promise<StatementSettings> => extensions.call('getStatementSettings', {}, options),
  changeSettings: (body: StatementSettingsChange, options?: CallOptions): Promise<StatementSettings> =>
    extensions.call('changeStatementSettings', { body }, options),
});
