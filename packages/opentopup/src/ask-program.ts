import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Misuse } from '@opentopup/client/cli/misuse';

/** Asks one of the server's programs, which answers in JSON. @throws Misuse where it cannot, in its own words */
export function askProgram<Answer>(name: string, env: NodeJS.ProcessEnv): Promise<Answer> {
  const path = fileURLToPath(new URL(`dist/${name}.js`, import.meta.resolve('#server')));
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [path], { env, maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      if (error) reject(new Misuse(stderr.trim() || error.message));
      else resolve(JSON.parse(stdout) as Answer);
    });
  });
}
