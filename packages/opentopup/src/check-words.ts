import type { Locale } from '@opentopup/client/cli/locale';

/** What the last line says: of so many migrations, so many seconds, and why. */
type Verdict = (count: string, seconds: string, cause: string) => string;

interface Words {
  about: string;
  data: string;
  databaseUrl: string;
  current: Verdict;
  behind: Verdict;
  empty: Verdict;
  refused: Verdict;
}

const en: Words = {
  about: 'Tell what a start would do to the database',
  data: 'Folder of the embedded database',
  databaseUrl: 'PostgreSQL instead of it; better in the environment, as DATABASE_URL',
  current: () => 'The database is of this version: a start changes nothing.',
  behind: (count, seconds) =>
    `A start applies ${count}, all or none. That takes at most about ${seconds} s on a slow disk, and what needs the same tables waits.`,
  empty: (count) => `The database is empty: a start makes its tables (${count} migrations).`,
  refused: (_count, _seconds, cause) => `This version does not start on that database. ${cause}`,
};

const fr: Words = {
  about: 'Dire ce qu’un démarrage ferait à la base de données',
  data: 'Dossier de la base de données embarquée',
  databaseUrl: "PostgreSQL à sa place ; mieux dans l'environnement, comme DATABASE_URL",
  current: () => 'La base est de cette version : un démarrage ne change rien.',
  behind: (count, seconds) =>
    `Un démarrage en applique ${count}, toutes ou aucune. Cela prend au plus environ ${seconds} s sur un disque lent, et ce qui a besoin des mêmes tables attend.`,
  empty: (count) => `La base est vide : un démarrage crée ses tables (${count} migrations).`,
  refused: (_count, _seconds, cause) => `Cette version ne démarre pas sur cette base. ${cause}`,
};

/** What people read of `check`, by language. */
export const CHECK_WORDS: Readonly<Record<Locale['language'], Words>> = { en, fr };
