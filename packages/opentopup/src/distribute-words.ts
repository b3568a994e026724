import type { Locale } from '@opentopup/client/cli/locale';

interface Words {
  about: string;
  databaseUrl: string;
  distributed: (shards: string, workers: string) => string;
  was_distributed: (shards: string, workers: string) => string;
}

const en: Words = {
  about: 'Spread the database over several machines, by distributor (Citus)',
  databaseUrl: 'Its coordinator; better in the environment, as DATABASE_URL',
  distributed: (shards, workers) =>
    `What sales write is spread now: ${shards} shards on ${workers} workers. The catalogue has a copy on each. Start the servers on the coordinator.`,
  was_distributed: (shards, workers) =>
    `The database was distributed before: ${shards} shards on ${workers} workers. Nothing has changed.`,
};

const fr: Words = {
  about: 'Répartir la base de données sur plusieurs machines, par distributeur (Citus)',
  databaseUrl: "Son coordinateur ; mieux dans l'environnement, comme DATABASE_URL",
  distributed: (shards, workers) =>
    `Ce que les ventes écrivent est réparti : ${shards} fragments sur ${workers} machines. Le catalogue est copié sur chacune. Démarrez les serveurs sur le coordinateur.`,
  was_distributed: (shards, workers) =>
    `La base était déjà répartie : ${shards} fragments sur ${workers} machines. Rien n’a changé.`,
};

/** What people read of `distribute`, by language. */
export const DISTRIBUTE_WORDS: Readonly<Record<Locale['language'], Words>> = { en, fr };
