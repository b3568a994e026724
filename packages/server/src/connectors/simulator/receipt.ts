import type { SupplierReceipt } from '../connector.ts';
import { digits } from './noise.ts';
import type { SimulatorProductSettings } from './settings.ts';

/** Gives what is handed over under a reference, always the same; null where the product's settings ask for nothing. */
export function receiptOf(reference: string, settings: Readonly<Record<string, unknown>>): SupplierReceipt | null {
  switch ((settings as SimulatorProductSettings).receipt) {
    case 'text':
      return { text: `Thank you. Your balance is valid for 30 days. Receipt ${digits(8, reference, 'receipt')}` };
    case 'pin':
      return {
        text: 'Dial *123*, the code and #.',
        pin: { code: digits(14, reference, 'pin'), serial: digits(10, reference, 'serial') },
      };
    default:
      return null;
  }
}
