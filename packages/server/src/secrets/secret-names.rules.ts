/** Words in the names of fields that hold a secret, or what installs or unlocks an eSIM; also in the plural. */
const WORDS = new Set(
  `authorization auth pass pwd otp signature activation lpa matching confirmation qr pin puk adm ki opc`.split(/\s+/),
);
/** The same where nothing parts them from other words. */
const JOINED =
  /password|passwd|passphrase|passcode|secret|token|credential|otpcode|(?:api|private|access|session|auth)key|authcode|activationcode|installationcode|confirmationcode|matchingid|smdp|qrcode|^lpa|pincode|pins?$|puk/;

/** Returns true for `access_token`, `pinCode`, `PUK1`, `simpukcode` and their like; not for `shipping`. */
export function isSecretName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.some((word) => WORDS.has(word.replace(/s$/, '')) || WORDS.has(word)) || JOINED.test(words.join(''));
}
