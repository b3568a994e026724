import { numberSetting } from '../control-setting.ts';
import type { Dialect } from '../dialect.ts';
import { dingDone, dingRefusal, dingResult } from './answers.ts';
import { DING_CURRENCY } from './catalogue.ts';
import { DING_READS } from './reads.ts';
import { DingTransfers } from './transfers.ts';

const API_KEY = 'simulated-key';

/** Plays Ding Connect, version 1. */
export const playDing: Dialect = (parts) => {
  const transfers = new DingTransfers(parts);
  const { balance } = parts.book;
  return {
    base: '/api/V1',
    credentials: { API_KEY },
    routes: {
      ...DING_READS,
      'POST /SendTransfer': (request) => transfers.send(request),
      'POST /ListTransferRecords': (request) => transfers.list(request),
      'POST /CancelTransfers': (request) => transfers.cancel(request),
      // What is under way has not been paid yet.
      'GET /GetBalance': () =>
        dingDone({ Balance: (balance.available + balance.holding) / 100, CurrencyIso: DING_CURRENCY }),
    },
    settings: {
      /** Whether a second transfer of one reference is refused, as the vendor says; it was seen to pay it. */
      prevents_duplicates: numberSetting(
        () => Number(transfers.preventsDuplicates),
        (value) => (transfers.preventsDuplicates = value > 0),
      ),
    },
    authorize: ({ headers }) => (headers['api_key'] === API_KEY ? null : dingRefusal('AuthenticationFailed')),
    notFound: () => dingRefusal('RequestInvalid'),
    refuse: (status) => ({ status, body: dingResult('RateLimited') }),
    end: (order, ending) => transfers.end(order, ending),
  };
};
