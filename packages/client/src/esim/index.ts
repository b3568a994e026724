export { ActivationCodeError, decryptActivationCode, type EsimProfile, lpaString } from './activation-code.ts';
export { generateKeyPair, type KeyPair } from './keys.ts';
export { qrSvg, qrTerminal } from './qr-code.ts';
