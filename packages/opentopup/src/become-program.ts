import { Misuse } from '@opentopup/client/cli/misuse';

/**
 * Makes this process another program of ours, so that signals and the exit code are its own.
 * @param words what is said where the system has no such thing
 */
export function becomeProgram(
  path: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  words: (path: string) => string,
): never {
  if (!process.execve) throw new Misuse(words(path));
  return process.execve(process.execPath, [process.execPath, path, ...args], env);
}
