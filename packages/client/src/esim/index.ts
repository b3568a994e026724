export { ActivationCodeError, decryptActivationCode, type EsimInstallation, lpaString } from './activation-code.ts';
export { generateKeyPair, type KeyPair } from './keys.ts';
export { qrSvg, qrTerminal } from './qr-code.ts';
