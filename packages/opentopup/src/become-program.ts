import { spawn } from 'node:child_process';

/**
 * Makes this process another program of ours, so that signals and the exit code are its own. Windows has no such thing: there the
 * program runs below this process, which ends with it. Ctrl+C reaches both.
 */
export function becomeProgram(path: string, args: readonly string[], env: NodeJS.ProcessEnv): void {
  if (process.platform !== 'win32' && process.execve) {
    process.execve(process.execPath, [process.execPath, path, ...args], env);
  }
  process.on('SIGINT', () => {});
  spawn(process.execPath, [path, ...args], { env, stdio: 'inherit' }).on('exit', (code) => process.exit(code ?? 1));
}
