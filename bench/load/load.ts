import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { LoadJob, LoadResult } from './generate.ts';
import type { GeneratorReport } from './generator.ts';
import type { OverloadJob, OverloadResult } from './overload.ts';

/** The process that makes the load; it lives as long as the bench, so it is warm from the second job on. */
export interface Load {
  /** @param onEdge told when the measured time begins and when it ends */
  run: <Job extends LoadJob | OverloadJob>(
    job: Job,
    onEdge: (edge: 'begin' | 'end') => void,
  ) => Promise<Job extends OverloadJob ? OverloadResult : LoadResult>;
  pid: number;
  stop: () => void;
}

export function startLoad(): Load {
  const child: ChildProcess = fork(join(import.meta.dirname, 'generator.ts'), { execArgv: [] });
  return {
    pid: child.pid as number,
    run: (job, onEdge) =>
      new Promise((resolve, reject) => {
        const onExit = (): void => reject(new Error('the load generator has ended'));
        const onTold = (told: GeneratorReport): void => {
          if ('edge' in told) {
            onEdge(told.edge);
            return;
          }
          child.off('message', onTold);
          child.off('exit', onExit);
          if ('result' in told) resolve(told.result as never);
          else reject(new Error(told.failure));
        };
        child.on('message', onTold);
        child.once('exit', onExit);
        child.send(job);
      }),
    stop: () => {
      child.kill('SIGKILL');
    },
  };
}
