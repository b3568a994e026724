import { once } from 'node:events';
import type { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { CliSession } from '@opentopup/client/cli/session';

/** Serves over stdin and stdout until whoever started it closes stdin, or it is interrupted. */
export async function serveOnStdio(make: () => McpServer, { signal, io }: CliSession): Promise<void> {
  const handle = serveStdio(make, { onerror: (error) => void io.stderr.write(`${error.message}\n`) });
  await Promise.race([once(process.stdin, 'end'), once(process.stdin, 'close'), once(signal, 'abort')]);
  await handle.close();
}
