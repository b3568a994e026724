import { AnswerError } from '@opentopup/client';
import type { DistributorTransaction, TransactionCreation } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { currentLanguage } from '../../language/language.ts';
import { keyOfTransaction } from '../../parts/use-transaction.ts';
import { isSignedOut, queries, server } from '../../server.ts';
import { type Draft, isOld, type KeyedOrder, useDraft } from './draft.ts';

export interface OngoingSale {
  draft: Draft;
  keep: (change: Partial<Draft>) => void;
  /** Makes the order that is asked about. */
  prepare: (body: TransactionCreation) => void;
  /** Sells it; or, sent before, finds out what became of it. */
  send: () => void;
  /** Gives it up; only before it was sent, or when it is too old to be sent again. */
  drop: () => void;
  isSending: boolean;
  error: Error | null;
}

/** An order that is not sent again, because it left too long ago. */
export class OldOrder extends Error {
  override readonly name = 'OldOrder';
}

/** Proven: nothing was sold, and nothing is under way. */
const isRefused = (error: unknown): error is AnswerError =>
  error instanceof AnswerError && error.nothingDone && !isSignedOut(error);

/**
 * Makes a sale, from the first letter to its answer. An order keeps its key until it is answered, so that a second
 * click, a reload or a lost connection repeats the request and not the sale.
 * @param onSold is told the transaction, also one that came to nothing
 */
export function useSale(onSold: (id: string) => void): OngoingSale {
  const [draft, keep, clear] = useDraft();
  const { mutate, isPending, error, reset } = useMutation({
    mutationKey: ['sale'],
    // Looked at each time it is tried: the server may have been away for days.
    mutationFn: async (order: KeyedOrder) => {
      if (isOld({ ...order, isSent: true })) throw new OldOrder();
      return server.sell(order.body, order.key);
    },
    onSuccess: (transaction: DistributorTransaction) => {
      queries.setQueryData(keyOfTransaction(transaction.id, currentLanguage()), transaction);
      clear();
      onSold(transaction.id);
    },
    onError: (failure, order) => {
      // Not even looked at: it stands as it stood before.
      if (isSignedOut(failure)) keep({ order });
      if (!isRefused(failure)) return;
      if (!failure.transactionId) {
        keep({ order: null });
        return;
      }
      // The next customer must not find this one's number.
      clear();
      onSold(failure.transactionId);
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['offers'] }),
        queries.invalidateQueries({ queryKey: ['transactions'] }),
      ]).then(() => undefined),
  });

  const send = (order: KeyedOrder | null): void => {
    if (!order || isPending) return;
    const sentAt = (order.isSent ? order.sentAt : undefined) ?? Date.now();
    keep({ order: { ...order, isSent: true, sentAt } });
    mutate({ ...order, sentAt });
  };

  // What a reload has cut off is found out first.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page opens.
  useEffect(() => {
    if (draft.order?.isSent) send(draft.order);
  }, []);

  return {
    draft,
    keep,
    prepare: (body) => {
      reset();
      keep({ order: { key: crypto.randomUUID(), body, isSent: false } });
    },
    send: () => send(draft.order),
    drop: () => keep({ order: null }),
    isSending: isPending,
    error,
  };
}
