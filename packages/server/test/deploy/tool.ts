import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Of the tests here one needs more than npm brings: what each tool comes with on Debian. */
const PACKAGES = {
  buildah: 'buildah',
  caddy: 'caddy',
  nginx: 'nginx-light',
  openssl: 'openssl',
  pgbouncer: 'pgbouncer',
  'systemd-analyze': 'systemd',
  unshare: 'util-linux',
} as const;
export type Tool = keyof typeof PACKAGES;

const missing = (tool: Tool): Error =>
  new Error(`This test needs ${tool}: on Debian, apt-get install ${PACKAGES[tool]}.`);

/** Runs a tool to its end. @throws with its words */
export async function runTool(tool: Tool, args: readonly string[], cwd?: string): Promise<string> {
  try {
    const { stdout, stderr } = await promisify(execFile)(tool, args, { cwd });
    return stdout + stderr;
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? missing(tool) : error;
  }
}

export interface RunningTool {
  process: ChildProcess;
  stop: () => Promise<void>;
}

async function isOpen(port: number): Promise<boolean> {
  const socket = net.connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Starts a tool that stays, and waits until it listens on a port. @param env beside PATH */
export async function startTool(
  tool: Tool,
  args: readonly string[],
  port: number,
  { env = {}, uid }: { env?: Record<string, string>; uid?: number } = {},
): Promise<RunningTool> {
  const user = uid === undefined || process.getuid?.() !== 0 ? {} : { uid, gid: uid };
  const child = spawn(tool, args, { stdio: 'pipe', env: { PATH: process.env['PATH'], ...env }, ...user });
  let output = '';
  let failed: Error | null = null;
  child.on('error', (error: NodeJS.ErrnoException) => {
    failed = error.code === 'ENOENT' ? missing(tool) : error;
  });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
  const ended = once(child, 'close').catch(() => {});
  for (const until = Date.now() + 30_000; !(await isOpen(port)); await sleep(50)) {
    if (failed) throw failed;
    if (child.exitCode !== null || Date.now() > until) throw new Error(`${tool} does not listen: ${output}`);
  }
  return {
    process: child,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Gives a port on which nobody listens. */
export async function findFreePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
