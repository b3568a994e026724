import { inject } from 'vitest';
import type { PlannedDemo } from './plant-demo.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the run's own process makes what tests share; see `fixture`. */
    fixturesUrl: string;
  }
}

/** What files of a run ask for. Nothing is made before, so that a file which needs none starts at once. */
export interface Fixtures {
  /** The URL of a PostgreSQL where tests may create databases; see `createDatabase`. */
  postgres: string;
  /** The demo in a PostgreSQL database of this name: to be copied, never opened. */
  demoDatabase: { name: string; demo: PlannedDemo };
  /** A data folder whose embedded database is new and empty, as initdb makes it in ten seconds. To be copied, never opened. */
  emptyFolder: string;
  /** A data folder with the demo, as the first start left it. To be copied, never opened. */
  demoFolder: string;
  /** A PostgreSQL database of the asker's own with the demo, and the settings of a server on it. */
  demoCopy: { demo: PlannedDemo; env: Record<string, string> };
}

/** Asks the run's own process for a fixture. */
export async function fixture<Name extends keyof Fixtures>(name: Name): Promise<Fixtures[Name]> {
  const answer = await fetch(new URL(name, inject('fixturesUrl')));
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as Fixtures[Name];
}
