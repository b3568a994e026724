import type { SupplierAccess } from '../connector.ts';
import { type Sent, sendJson } from '../http-transport.ts';
import type { RecordCall } from '../recorded-call.ts';
import { dtoneSettings } from './settings.ts';

/** A request to DT One. */
export interface DtoneRequest {
  method: 'GET' | 'POST';
  /** With its query. */
  path: string;
  body?: object;
  signal: AbortSignal;
  record?: RecordCall | undefined;
}

/** Asks DT One, with the key and the secret of the account. */
export function askDtone(supplier: SupplierAccess, { path, ...request }: DtoneRequest): Promise<Sent> {
  const { key = '', secret = '' } = supplier.secrets;
  const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
  return sendJson(dtoneSettings(supplier).base_url + path, { ...request, headers: { authorization } });
}
