import type { Locale } from '@opentopup/client/cli/locale';

const en = {
  about: 'Start a server here',
  port: 'Port to listen on; 0 takes a free one',
  data: 'Folder of the embedded database',
  databaseUrl: 'PostgreSQL instead of it; better in the environment, as DATABASE_URL',
  workers: 'Processes that serve together, with PostgreSQL only',
};

const fr: typeof en = {
  about: 'Démarrer un serveur ici',
  port: 'Port à écouter ; 0 en prend un libre',
  data: 'Dossier de la base de données embarquée',
  databaseUrl: "PostgreSQL à sa place ; mieux dans l'environnement, comme DATABASE_URL",
  workers: 'Processus qui servent ensemble, avec PostgreSQL uniquement',
};

/** What people read of `serve`, by language. */
export const SERVE_WORDS: Readonly<Record<Locale['language'], typeof en>> = { en, fr };
