import Type, { type Static } from 'typebox';
import { ONE_LINE } from '../plain-text.ts';
import { LOGO_MOST, PAPERS } from './papers.ts';

const line = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, pattern: ONE_LINE, description });

/** What the receipts of a distributor say, beside the sale, and on what they are printed. */
export const ReceiptSettings = Type.Object(
  {
    paper: Type.Enum(PAPERS),
    shop_name: Type.Optional(line(80, "The distributor's name where it is absent")),
    address: Type.Optional(Type.Array(line(80, 'A line of the address'), { maxItems: 5 })),
    vat_number: Type.Optional(line(40, 'The number under which VAT is paid')),
    help_line: Type.Optional(line(80, 'Whom customers call or write to')),
    logo: Type.Optional(
      Type.String({
        maxLength: Math.ceil(LOGO_MOST.bytes / 3) * 4,
        pattern: '^[A-Za-z0-9+/]+={0,2}$',
        description: `A PNG in base64, of ${LOGO_MOST.bytes / 1_024} KiB and ${LOGO_MOST.width} by ${LOGO_MOST.height} pixels at most. Only the picture is kept, nothing that is written into the file beside it`,
      }),
    ),
  },
  { title: 'ReceiptSettings', additionalProperties: false },
);
export type ReceiptSettings = Static<typeof ReceiptSettings>;
