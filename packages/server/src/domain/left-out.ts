/** Stands where something is not kept. */
const LEFT_OUT = '[…]';

/** Words in the names of fields that hold a secret, or what installs or unlocks an eSIM. */
const WORDS = new Set(
  `authorization auth password passwd pwd passphrase secret token apikey signature credential credentials otp
   activation lpa matching smdp confirmation qr qrcode pin puk adm ki opc`.split(/\s+/),
);
const PHRASES = /(?:api|private|access|secret|session)_?key|client_?secret/;

/** True for `access_token`, `pinCode`, `PUK1` and their like; not for `shipping`. */
function isSecret(name: string): boolean {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.some((word) => WORDS.has(word)) || PHRASES.test(words.join('_'));
}

/** An eSIM's activation code (GSMA SGP.22, 4.1), wherever it stands. */
const ACTIVATION_CODE = /(?:LPA:)?1\$[\w.-]{3,255}\$[^\s"'<>&\\]*/gi;

/** Below this, a known secret is replaced only where it stands alone: four digits occur in anything. */
const LONG_SECRET = 6;

/** A secret as it may be written: as it is, in JSON, in an address. */
const formsOf = (secret: string): Set<string> =>
  new Set([secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);

/** A text where it is not a part of a longer word or number. */
const alone = (text: string): RegExp => new RegExp(`(?<!\\w)${text.replaceAll(/\W/g, '\\$&')}(?!\\w)`, 'g');

function withoutKnown(text: string, known: readonly string[]): string {
  let left = text.replaceAll(ACTIVATION_CODE, LEFT_OUT);
  for (const secret of known.flatMap((each) => [...formsOf(each)])) {
    if (secret.length >= LONG_SECRET) left = left.replaceAll(secret, LEFT_OUT);
    else if (secret) left = left.replaceAll(alone(secret), LEFT_OUT);
  }
  return left;
}

/** The same JSON value without what fields of such names hold. */
function withoutFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutFields);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      inner !== null && isSecret(name) ? LEFT_OUT : withoutFields(inner),
    ]),
  );
}

/** `name=value`, `name: value`, also in the pieces of a JSON text that is cut off; and `<name>value<`. */
const PAIR = /(?<![\w.-])([\w.-]{1,64})(["']?\s{0,8}[=:](?!\/\/)\s{0,8}["']?)([^"'&<>\s,;{}[\]]+)/g;
const ELEMENT = /<([\w:.-]{1,64})((?:\s[^<>]{0,200})?)>([^<]+)/g;

function withoutPairs(text: string): string {
  return text
    .replaceAll(PAIR, (whole, name: string, sign: string) => (isSecret(name) ? name + sign + LEFT_OUT : whole))
    .replaceAll(ELEMENT, (whole, name: string, rest: string) =>
      isSecret(name) ? `<${name}${rest}>${LEFT_OUT}` : whole,
    );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Of a longer text only the beginning is looked at. */
const LONGEST = 64 * 1024;

/**
 * A text that was exchanged with a supplier, fit to be kept: without secrets, without what installs or unlocks an eSIM,
 * and no longer than `longest` characters. Else as it was.
 * @param known secrets and keys that are known to occur in it
 */
export function leaveOut(text: string, known: readonly string[], longest: number): string {
  const looked = text.slice(0, LONGEST);
  const json = parsed(looked);
  let left: string;
  if (typeof json === 'object' && json !== null) {
    const without = withoutFields(json);
    const again = JSON.stringify(without);
    left = again === JSON.stringify(json) ? looked : again;
  } else left = withoutPairs(looked);
  left = withoutKnown(left, known);
  const cut = left.length > longest || text.length > LONGEST ? `${left.slice(0, longest)}…` : left;
  return cut.toWellFormed();
}
