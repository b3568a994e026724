import type { Figure } from '../figure.ts';
import { BESIDE_READS } from './beside-reads.ts';
import { EMBEDDED } from './embedded.ts';
import { FLOOR } from './floor.ts';
import { HISTORY } from './history.ts';
import { LONG_READS } from './long-reads.ts';
import { MEMORY } from './memory.ts';
import { OPEN_LOOP } from './open-loop.ts';
import { OVERLOAD } from './overload.ts';
import { PGBENCH } from './pgbench.ts';
import { SALES } from './sales.ts';
import { START } from './start.ts';
import { WEBHOOKS } from './webhooks.ts';
import { WORKERS } from './workers.ts';

/** Everything that is measured, in this order. */
export const FIGURES: readonly Figure[] = [
  ...SALES,
  ...FLOOR,
  ...LONG_READS,
  PGBENCH,
  ...EMBEDDED,
  ...OPEN_LOOP,
  ...BESIDE_READS,
  ...OVERLOAD,
  ...WORKERS,
  WEBHOOKS,
  START,
  ...MEMORY,
  ...HISTORY,
];
