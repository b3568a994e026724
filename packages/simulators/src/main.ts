import { parseArgs } from 'node:util';
import type { Dialect } from './dialect.ts';
import { DIALECTS } from './dialects.ts';
import { serveVendor } from './serve-vendor.ts';

const { stdout, stderr } = process;
/** As the command line has it: called in a way that cannot work. */
const USAGE = 2;
/** It cannot listen there. */
const FAILED = 1;

const names = Object.keys(DIALECTS);
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string', default: '0' }, speed: { type: 'string', default: '1' } },
});
const dialect = DIALECTS[positionals[0] ?? ''];
const [port, speed] = [Number(values.port), Number(values.speed)];
const isPort = Number.isInteger(port) && port >= 0 && port < 65_536;

/** Plays a vendor until this process is told to end. */
async function play(played: Dialect): Promise<void> {
  const { origin, vendor, stop } = await serveVendor(played, port, speed);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
  // For a shell as well as for people: each line sets a variable.
  const told = { BASE_URL: `${origin}${vendor.base}`, ...vendor.credentials, CONTROL_URL: `${origin}/_control` };
  const lines = Object.entries(told).map(([name, value]) => `SIMULATOR_${name}=${value}\n`);
  stdout.write(lines.join(''));
}

if (dialect && isPort && speed > 0) {
  await play(dialect).catch((error: NodeJS.ErrnoException) => {
    stderr.write(`${error.message}\n`);
    process.exitCode = FAILED;
  });
} else {
  stderr.write(`simulate ${names.join('|')} [--port 0…65535] [--speed 0.001…]\n`);
  process.exitCode = USAGE;
}
