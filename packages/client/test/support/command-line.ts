import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BIN = join(import.meta.dirname, '../../../opentopup/bin/opentopup.js');

/** Of all who type commands, though each has a home of its own. */
const COMPILED = join(import.meta.dirname, '../../../../node_modules/.cache/opentopup/compiled');

/** How a command has ended. */
export interface Ended {
  /** Null where it was killed. */
  exit: number | null;
  stdout: string;
  stderr: string;
}

/** A command that runs. */
export interface Running {
  child: ChildProcess;
  /** What it has written so far, on both streams. */
  written: () => string;
  ended: Promise<Ended>;
}

/** Somebody who types commands: in a folder and an environment of their own, without a terminal. */
export class CommandLine {
  readonly folder: string;
  readonly #env: Record<string, string>;

  private constructor(folder: string, env: Record<string, string>) {
    this.folder = folder;
    this.#env = env;
  }

  static async create(env: Record<string, string> = {}): Promise<CommandLine> {
    return new CommandLine(await mkdtemp(join(tmpdir(), 'opentopup-cli-')), env);
  }

  /** The same one, elsewhere in the world. */
  with(env: Record<string, string>): CommandLine {
    return new CommandLine(this.folder, { ...this.#env, ...env });
  }

  file(name: string): string {
    return join(this.folder, name);
  }

  start(...args: string[]): Running {
    return this.#start(args, '');
  }

  #start(args: string[], input: string): Running {
    const inherited = { PATH: process.env['PATH'] ?? '', HOME: this.folder, LANG: 'C', NODE_COMPILE_CACHE: COMPILED };
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd: this.folder,
      env: { ...inherited, ...this.#env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.end(input);
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk));
    const ended = once(child, 'close').then(([exit]) => ({ exit: exit as number | null, stdout, stderr }));
    return { child, written: () => stdout + stderr, ended };
  }

  run(...args: string[]): Promise<Ended> {
    return this.start(...args).ended;
  }

  /** With something on its standard input. */
  runReading(input: string, ...args: string[]): Promise<Ended> {
    return this.#start(args, input).ended;
  }

  /** With `--json`: what it said, value by value. */
  async json(...args: string[]): Promise<{ exit: number | null; values: Record<string, unknown>[] }> {
    const { exit, stdout, stderr } = await this.run('--json', ...args);
    const lines = (stdout + stderr).split('\n').filter(Boolean);
    return { exit, values: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

/** Tells where a client finds its server and its secrets, for programs that run by themselves. */
export const environment = (
  url: string,
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
): Record<string, string> => ({
  OPENTOPUP_URL: url,
  OPENTOPUP_CLIENT_ID: clientId,
  OPENTOPUP_CLIENT_SECRET: clientSecret,
});
