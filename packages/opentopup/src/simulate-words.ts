import type { Locale } from '@opentopup/client/cli/locale';

const en = {
  about: 'Play a supplier here, which delivers nothing',
  vendor: 'Whose wire: dtone, reloadly, ding',
  port: 'Port to listen on; a free one without it',
  speed: "How many times faster than the supplier's sandbox",
};

const fr: typeof en = {
  about: 'Simuler ici un fournisseur, qui ne livre rien',
  vendor: 'De qui le protocole : dtone, reloadly, ding',
  port: 'Port à écouter ; sans lui, un port libre',
  speed: 'Combien de fois plus vite que le bac à sable du fournisseur',
};

/** What people read of `simulate`, by language. */
export const SIMULATE_WORDS: Readonly<Record<Locale['language'], typeof en>> = { en, fr };
