import type { VendorAnswer } from '../dialect.ts';
import { dingParameter, dingRefusal } from './answers.ts';
import { accountPattern, DING_CURRENCY, DING_PIN_ACCOUNT, DING_SKUS, type DingSku } from './catalogue.ts';

/** A transfer that the vendor takes, if there is money for it. */
export interface OrderedTransfer {
  sku: DingSku;
  /** In the main unit. */
  value: number;
  account: string;
  reference: string;
  isValidation: boolean;
}

/** Reads a transfer. @returns the vendor's refusal where it does not take it */
export function readTransferRequest(body: unknown): OrderedTransfer | VendorAnswer {
  if (typeof body !== 'object' || body === null) return dingRefusal('RequestInvalid');
  const { SkuCode, SendValue, SendCurrencyIso, AccountNumber, DistributorRef, ValidateOnly } = body as Record<
    string,
    unknown
  >;
  if (typeof ValidateOnly !== 'boolean') return dingParameter('ParameterInvalid', 'ValidateOnly');
  if (typeof DistributorRef !== 'string' || DistributorRef === '') {
    return dingParameter('ParameterMissing', 'DistributorRef');
  }
  const sku = DING_SKUS.find(({ code }) => code === SkuCode);
  if (!sku) return dingParameter('ParameterInvalid', 'SkuCode');
  if (typeof SendValue !== 'number') return dingParameter('ParameterMissing', 'SendValue');
  if ((SendCurrencyIso ?? DING_CURRENCY) !== DING_CURRENCY) return dingParameter('ParameterInvalid', 'SendCurrencyIso');
  if (SendValue < sku.least || SendValue > sku.most) return dingParameter('ParameterOutOfRange', 'SendValue');
  const account = typeof AccountNumber === 'string' ? AccountNumber : '';
  const isFit =
    sku.sells === 'pin' ? account === DING_PIN_ACCOUNT : new RegExp(accountPattern(sku.provider)).test(account);
  if (!isFit) return dingRefusal('AccountNumberFailedRegex');
  return { sku, value: SendValue, account, reference: DistributorRef, isValidation: ValidateOnly };
}
