/** Words that people build their passwords of, and everybody tries first. */
const COMMON = [
  'motdepasse',
  'passwort',
  'password',
  'passw0rd',
  'azertyuiop',
  'qwertyuiop',
  'azerty',
  'qwerty',
  'asdfgh',
  'abcdef',
  'opentopup',
  'operator',
  'distributor',
  'administrator',
  'admin',
  'welcome',
  'bienvenue',
  'bonjour',
  'letmein',
  'changeme',
  'iloveyou',
  'soleil',
  'orange',
  'topup',
];

/** How much has to be left when those words, the own address and all digits are taken away. */
const FEWEST_OTHERS = 4;
const FEWEST_DIFFERENT = 5;

/**
 * Says why a password may not be used; null where it may. Its length is checked elsewhere.
 * @param email whose password it is
 */
export function passwordFault(password: string, email: string): string | null {
  const own = email.split(/[^\p{L}\p{N}]/u).filter((part) => part.length > 2);
  const letters = password.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  const others = [...COMMON, ...own].reduce((text, word) => text.replaceAll(word, ''), letters).replaceAll(/\d/g, '');
  const isEasy = others.length < FEWEST_OTHERS || new Set(password).size < FEWEST_DIFFERENT;
  return isEasy ? 'it is too easy to guess' : null;
}
