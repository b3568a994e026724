import { isatty } from 'node:tty';
import { EXIT } from '@opentopup/client/cli/exit-codes';
import { run } from '@opentopup/client/cli/program';
import manifest from '../package.json' with { type: 'json' };
import { defineCheck } from './check.ts';
import { defineConformance } from './conformance.ts';
import { defineDistribute } from './distribute.ts';
import { defineDoctor } from './doctor.ts';
import { defineMcp } from './mcp.ts';
import { defineServe } from './serve.ts';
import { defineSimulate } from './simulate.ts';

/** Of what, and for which schema of the database, the program was built. */
declare const BUILD: string;

const { stdout, stderr, env } = process;

/** The first Ctrl+C ends a command in order, the second one at once. */
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (interrupted.signal.aborted) process.exit(EXIT.interrupted);
    interrupted.abort();
  });
}
// Whoever reads may have had enough: `opentopup offers | head -1`.
stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failed));

const io = { stdout, stderr, env, isTyped: isatty(0), stdin: () => process.stdin };
process.exitCode = await run(process.argv.slice(2), io, interrupted.signal, {
  version: `${manifest.version} (${BUILD})`,
  selling: [defineMcp, defineConformance, defineDoctor],
  operating: [defineServe, defineCheck, defineDistribute, defineSimulate],
});
