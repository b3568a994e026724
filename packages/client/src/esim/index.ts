export { type EsimInstallation, lpaString } from '@opentopup/contract/esims/lpa';
export { ActivationCodeError, decryptActivationCode } from './activation-code.ts';
export { generateKeyPair, type KeyPair } from './keys.ts';
export { qrSvg, qrTerminal } from './qr-code.ts';
