// A process of its own, so that what it does for the load does not slow what is measured, nor hide in its figures.
import { generate, type LoadJob, type LoadResult } from './generate.ts';
import { type OverloadJob, type OverloadResult, overload } from './overload.ts';

/** What the generator tells while it works on a job. */
export type GeneratorReport = { edge: 'begin' | 'end' } | { result: LoadResult | OverloadResult } | { failure: string };

const tell = (told: GeneratorReport): void => {
  process.send?.(told);
};

process.on('message', (job: LoadJob | OverloadJob) => {
  const onEdge = (edge: 'begin' | 'end'): void => tell({ edge });
  const working: Promise<LoadResult | OverloadResult> =
    'overload_ms' in job ? overload(job, onEdge) : generate(job, onEdge);
  working.then(
    (result) => tell({ result }),
    (error: unknown) => tell({ failure: error instanceof Error ? error.message : String(error) }),
  );
});
