import type { MessageValues, OwnMessages } from '@opentopup/contract';

/** In which words a distributor's end customer is told what became of an order. */
export interface Wording {
  own: OwnMessages;
  values: MessageValues;
}
