/** An eSIM that a supplier has delivered; all of it is secret but the numbers. */
export interface EsimProfile {
  /** What installs it: `LPA:1$…` (GSMA SGP.22, 4.1). */
  activation_code: string;
  smdp_url: string;
  matching_id: string;
  /** The calling code of its number. */
  prefix: string;
  msisdn: string;
  iccid: string;
  nsce: string;
  imsi: string;
  pin_code: string;
  puk: string;
}
