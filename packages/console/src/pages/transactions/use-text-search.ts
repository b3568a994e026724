import { RECEIPT_CODE } from '@opentopup/contract';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';

const CODE = new RegExp(RECEIPT_CODE);

/** Finds the sale of a receipt by its code, as it is typed from there; undefined for what is none. */
export function useReceiptSearch(): (typed: string) => Promise<string | undefined> {
  const may = useMay();
  return async (typed) => {
    const code = typed.replaceAll(/[\s-]/g, '');
    if (!CODE.test(code)) return undefined;
    const params = { params: { code } };
    const asked = may('findAnyReceipt')
      ? server.operator.call('findAnyReceipt', params)
      : server.opentopup.call('findReceipt', params);
    // What is none may still be somebody's own reference.
    return asked.then(
      ({ transaction_id }) => transaction_id,
      () => undefined,
    );
  };
}
