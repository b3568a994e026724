import type { Transaction, TravelB2B } from '@opentopup/client';
import { decryptActivationCode } from '@opentopup/client/esim';
import type { Line } from '../../values/line.ts';
import type { SupplierAccess } from '../connector.ts';
import type { EsimProfile } from '../esim-profile.ts';

/**
 * Opens the profile of an eSIM that was bought there. Its activation code is encrypted under our key there, whose
 * private half is the supplier's secret `private_key`.
 * @returns null for a recharge
 */
export async function openEsim(
  client: TravelB2B,
  line: Line | null,
  { secrets }: SupplierAccess,
  { id }: Transaction,
  signal: AbortSignal,
): Promise<EsimProfile | null> {
  if (line) return null;
  // Lists leave out what installs an eSIM.
  const { parameters } = await client.transactions.get(id, { signal });
  const { activation_code = '', prefix = '', msisdn = '', iccid = '', nsce = '', imsi = '' } = parameters;
  const { pin_code = '', puk = '', matching_id = '', smdp_url = '' } = parameters;
  return {
    activation_code: await decryptActivationCode(activation_code, secrets['private_key'] ?? ''),
    smdp_url,
    matching_id,
    prefix,
    msisdn,
    iccid,
    nsce,
    imsi,
    pin_code,
    puk,
  };
}
