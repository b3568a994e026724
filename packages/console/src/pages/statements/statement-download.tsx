import type { Statement } from '@opentopup/contract';
import {
  STATEMENT_FILE_NAMES,
  STATEMENT_FILES,
  type StatementFile,
} from '@opentopup/contract/statements/statement-files';
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useBooksMessages } from '../../language/books.ts';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { server } from '../../server.ts';

/** A closed statement as files: one button for each. */
export function StatementDownload({ statement, isOperator }: { statement: Statement; isOperator: boolean }) {
  const b = useBooksMessages();
  const download = useMutation({
    mutationFn: async (file: StatementFile) => {
      const { mediaType, ending } = STATEMENT_FILES[file];
      const { id, first_day, number } = statement;
      const asked = { params: { id }, query: file === 'excel' ? { for: 'excel' } : {} };
      const stream = await (isOperator
        ? server.operator.stream('getStatement', mediaType, asked)
        : server.opentopup.stream('getOwnStatement', mediaType, asked));
      const content = stream as ReadableStream<Uint8Array<ArrayBuffer>>;
      const link = document.createElement('a');
      link.href = URL.createObjectURL(await new Response(content, { headers: { 'Content-Type': mediaType } }).blob());
      link.download = `statement-${first_day}-${number}.${ending}`;
      link.click();
      URL.revokeObjectURL(link.href);
    },
  });
  return (
    <>
      <div className="actions">
        {STATEMENT_FILE_NAMES.map((file) => (
          <button
            key={file}
            type="button"
            className="button"
            disabled={download.isPending}
            aria-label={b.statements.download(b.statements.forms[file])}
            onClick={() => download.mutate(file)}
          >
            <Download aria-hidden /> {b.statements.forms[file]}
          </button>
        ))}
      </div>
      <RefusalNote error={download.error} />
    </>
  );
}
