import { MASKED_ROLES, RECEIPT_CODE } from '@opentopup/contract';
import { server } from '../../server.ts';
import { useMay, useSignedIn } from '../../session/session.ts';

const CODE = new RegExp(RECEIPT_CODE);

/** Tells whether whoever is signed in is shown numbers whole. */
export const useSeesNumbers = (): boolean => !MASKED_ROLES.includes(useSignedIn().role);

/**
 * Finds what a text names that is no line: the sale of a receipt by its code, as its id; else the filter by the reference
 * of an order, or by its voucher where no order has that reference.
 */
export function useTextSearch(distributor: string | undefined) {
  const may = useMay();
  const findReceipt = async (code: string): Promise<string> => {
    const params = { params: { code } };
    const asked = may('findAnyReceipt')
      ? server.operator.call('findAnyReceipt', params)
      : server.opentopup.call('findReceipt', params);
    return (await asked).transaction_id;
  };
  const countOf = async (user: string): Promise<number> => {
    const query = { user };
    const asked = may('countTransactions')
      ? server.operator.call('countTransactions', { query: { ...query, ...(distributor && { distributor }) } })
      : server.operations.call('getDistributorTransactionCount', { query });
    return (await asked).count;
  };
  return async (typed: string): Promise<string | { user: string } | { voucher: string }> => {
    const code = typed.replaceAll(/[\s-]/g, '');
    if (CODE.test(code)) {
      // What is none may still be somebody's own reference.
      const id = await findReceipt(code).catch(() => undefined);
      if (id !== undefined) return id;
    }
    const isReference = typed === '' || (await countOf(typed).catch(() => 1)) > 0;
    return isReference ? { user: typed } : { voucher: typed };
  };
}
