import { secretDigest } from '../../src/access/credentials/client-secret.ts';
import { makeDemo, planDemo } from '../../src/app/make-demo.ts';
import { migrate } from '../../src/database/migrate.ts';
import { openPostgresql } from '../../src/database/postgres.ts';

export type PlannedDemo = ReturnType<typeof planDemo>;

/** Makes the demo in an empty PostgreSQL. */
export async function plantDemo(url: string): Promise<PlannedDemo> {
  const db = openPostgresql(url, () => {});
  await migrate(db);
  const plan = planDemo();
  await db.transaction((tx) => makeDemo(tx, plan, secretDigest, new Date()));
  await db.close();
  return plan;
}

// By itself, under a clock of its own: ids hold the time too.
if (import.meta.main) process.stdout.write(JSON.stringify(await plantDemo(process.env['DATABASE_URL'] ?? '')));
