/** Words in the names of fields that hold a secret, or what installs or unlocks an eSIM; also in the plural. */
const WORDS = new Set(
  `authorization auth pass pwd otp signature activation lpa matching confirmation qr pin puk adm ki opc`.split(/\s+/),
);
/** The same where nothing parts them from other words. */
const JOINED =
  /password|passwd|passphrase|passcode|secret|token|credential|otpcode|(?:api|private|access|session|auth)key|authcode|activationcode|installationcode|confirmationcode|matchingid|smdp|qrcode|^lpa|pincode|pins?$|puk/;

/** Returns true for `access_token`, `pinCode`, `PUK1`, `simpukcode` and their like; not for `shipping`. */
function isSecretName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.some((word) => WORDS.has(word.replace(/s$/, '')) || WORDS.has(word)) || JOINED.test(words.join(''));
}

/** Stands where something is not kept. */
export const REDACTED = '[…]';

/** A `$` or a `:` as it may be written: as it is, in an address, in JSON. */
const DOLLAR = String.raw`(?:\$|%24|\\+u0024)`;
const COLON = String.raw`(?::|%3a|\\+u003a)`;
const CODED = String.raw`%[\da-f]{2}|\\+u00[\da-f]{2}`;
/** An eSIM's activation code (GSMA SGP.22, 4.1), wherever it stands. */
const ACTIVATION_CODE = String.raw`(?:LPA${COLON})?1${DOLLAR}(?:[\w.-]|${CODED}){3,255}${DOLLAR}(?:[^\s"'<>&\\]|${CODED})*`;

/** Below this, a known secret is replaced only where it stands alone: four digits occur in anything. */
const LONG_SECRET = 6;

/** Lists the forms in which a secret may be written: as it is, in JSON, in an address. */
const formsOf = (secret: string): Set<string> =>
  new Set([secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret.toWellFormed())]);

/** Finds what is secret by its form, and what is known to be. */
function secretsIn(known: readonly string[]): RegExp {
  const forms = known.flatMap((each) => [...formsOf(each)]).filter((form) => form !== '');
  const patterns = forms
    .toSorted((a, b) => b.length - a.length)
    .map((form) => {
      const pattern = form.replaceAll(/\W/g, '\\$&');
      return form.length < LONG_SECRET ? `(?<!\\w)${pattern}(?!\\w)` : pattern;
    });
  return new RegExp([ACTIVATION_CODE, ...patterns].join('|'), 'gi');
}

/** Returns the same JSON value without what fields of such names hold, nor secrets in its texts. */
function withoutFields(value: unknown, secrets: RegExp): unknown {
  if (typeof value === 'string') return withoutSecrets(value, secrets);
  if (Array.isArray(value)) return value.map((each) => withoutFields(each, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      inner !== null && isSecretName(name) ? REDACTED : withoutFields(inner, secrets),
    ]),
  );
}

/**
 * What comes before a value: `name=`, `name: `, `"name":"`, also in the pieces of a JSON text that is cut off; a JSON text
 * within another one has backslashes before its quotes.
 */
const NAMED = /(?<![\w.-])([\w.-]{1,64})\\{0,3}["']?\s{0,8}[=:](?!\/\/)\s{0,8}(\\{0,3}["']|)/g;
/** A value by the quote that it begins with. One that is a list or an object goes on until the end, for all we know. */
const VALUES: Record<string, RegExp> = { '"': /(?:[^"\\]|\\.)+/y, "'": /[^']+/y, '': /[[{].*|[^"'&<>\s,;{}[\]]+/sy };
const VALUE_WITHIN = /[^"'\\]+/y;
const ELEMENT = /<([\w:.-]{1,64})((?:\s[^<>]{0,200})?)>(?:[^<]|<!\[CDATA\[)+/g;

function withoutPairs(text: string): string {
  let left = '';
  let at = 0;
  for (const { 0: pair, 1: name = '', 2: quote = '', index } of text.matchAll(NAMED)) {
    if (index < at || !isSecretName(name)) continue;
    const begin = index + pair.length;
    const value = VALUES[quote] ?? VALUE_WITHIN;
    value.lastIndex = begin;
    if (!value.test(text)) continue;
    left += text.slice(at, begin) + REDACTED;
    at = value.lastIndex;
  }
  return (left + text.slice(at)).replaceAll(ELEMENT, (element, name: string, rest: string) =>
    isSecretName(name) ? `<${name}${rest}>${REDACTED}` : element,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns a JSON text, or another, without secrets; as it was where it holds none. */
function withoutSecrets(text: string, secrets: RegExp): string {
  const json = /^\s*[[{]/.test(text) ? parsed(text) : undefined;
  if (json === undefined) return withoutPairs(text.replaceAll(secrets, REDACTED));
  const again = JSON.stringify(withoutFields(json, secrets));
  return (again === JSON.stringify(json) ? text : again).replaceAll(secrets, REDACTED);
}

/** Of a longer text only the beginning is looked at. */
const LONGEST = 16 * 1024;

/**
 * Redacts a text that was exchanged with a supplier, so that it may be kept: no secrets, nothing that installs or
 * unlocks an eSIM, and no more than `longest` characters. A text without any of these is returned as it was.
 * @param known secrets and keys that are known to occur in it
 * @throws RangeError where it is JSON that is nested too deeply
 */
export function redact(text: string, known: readonly string[], longest: number): string {
  const left = withoutSecrets(text.slice(0, LONGEST), secretsIn(known));
  const cut = left.length > longest || text.length > LONGEST ? `${left.slice(0, longest)}…` : left;
  return cut.toWellFormed();
}
