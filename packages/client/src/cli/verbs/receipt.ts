import type {
  CustomerNotice,
  Language,
  ReceiptProof,
  ReceiptSale,
  ReceiptSettings,
  SentReceipt,
} from '@opentopup/contract';
import { PAPERS } from '@opentopup/contract/distributors/papers';
import { LANGUAGES } from '@opentopup/contract/messages/customer-messages';
import type { Command } from 'commander';
import { qrTerminal } from '../../esim/qr-code.ts';
import type { Cli } from '../cli.ts';
import { Misuse } from '../misuse.ts';
import type { Column } from '../output/column.ts';
import { readBytes } from './keys.ts';
import { needed, oneOf, withExamples } from './verb.ts';

const FIELDS: Column<ReceiptProof>[] = [
  { name: 'code', kind: 'text', of: ({ code }) => code },
  { name: 'url', kind: 'text', of: ({ url }) => url },
  { name: 'text', kind: 'text', of: ({ text }) => text },
];
const SALE_FIELDS: Column<ReceiptSale>[] = [
  { name: 'transaction_id', kind: 'id', of: ({ transaction_id }) => transaction_id },
];
const SENT_FIELDS: Column<SentReceipt>[] = [{ name: 'left', kind: 'count', of: ({ left }) => left }];
const SETTINGS_FIELDS: Column<ReceiptSettings>[] = [
  { name: 'paper', kind: 'text', of: ({ paper }) => paper },
  { name: 'shop_name', kind: 'text', of: ({ shop_name }) => shop_name },
  { name: 'address', kind: 'text', of: ({ address }) => address?.join(', ') },
  { name: 'vat_number', kind: 'text', of: ({ vat_number }) => vat_number },
  { name: 'help_line', kind: 'text', of: ({ help_line }) => help_line },
];

const ID = '01a20d0b-54d6-77c2-99f0-4ba20661bd01';

/** Defines `receipt`: the code and the QR code by which the receipt of a sale proves itself, and what else receipts need. */
export function defineReceipt(program: Command, cli: Cli): void {
  const { t } = cli;
  const receipt = program
    .command('receipt')
    .description(t.receipt.about)
    .argument('<transaction>', t.options.transaction)
    .action(
      cli.run(async (session, id: string) => {
        const { out } = session;
        const proof = await session.client().opentopup.receiptProof(id, session);
        out.record(proof, FIELDS);
        if (out.isTerminal) out.say(await qrTerminal(proof.text));
      }),
    );
  withExamples(receipt, cli, `opentopup receipt ${ID}`);
  defineSending(receipt, cli);
  defineSettings(receipt, cli);
}

function defineSending(receipt: Command, cli: Cli): void {
  const { t } = cli;
  const send = receipt
    .command('send')
    .description(t.receipt.send)
    .argument('<transaction>', t.options.transaction)
    .option('--email <address>', t.receipt.email)
    .option('--sms', t.receipt.sms)
    .addOption(oneOf('--language <language>', t.receipt.language, LANGUAGES))
    .action(
      cli.run(async (session, id: string, { email, sms, language }: CustomerNotice & { language?: Language }) => {
        if (email === undefined && !sms) throw new Misuse(t.receipt.needsWay);
        const body = { ...(email !== undefined && { email }), ...(sms && { sms }), ...(language && { language }) };
        session.out.record(await session.client().opentopup.receipts.send(id, body, session), SENT_FIELDS);
      }),
    );
  withExamples(send, cli, `opentopup receipt send ${ID} --email ann@customer.example --language fr`);

  const find = receipt
    .command('find')
    .description(t.receipt.find)
    .argument('<code>', t.receipt.code)
    .action(
      cli.run(async (session, code: string) => {
        const plain = code.replaceAll(/[\s-]/g, '');
        session.out.record(await session.client().opentopup.receipts.find(plain, session), SALE_FIELDS);
      }),
    );
  withExamples(find, cli, 'opentopup receipt find K7QF-2M9X-ABCD-3FGH');
}

interface SettingsOptions {
  paper: ReceiptSettings['paper'];
  shopName?: string;
  address?: string[];
  vatNumber?: string;
  helpLine?: string;
  logo?: string;
}

function defineSettings(receipt: Command, cli: Cli): void {
  const { t } = cli;
  const settings = receipt
    .command('settings')
    .description(t.receipt.settings)
    .action(
      cli.run(async (session) =>
        session.out.record(await session.client().opentopup.receipts.settings(session), SETTINGS_FIELDS),
      ),
    );
  withExamples(settings, cli, 'opentopup receipt settings');

  const set = receipt
    .command('set')
    .description(t.receipt.set)
    .addOption(needed('--paper <paper>', t.receipt.paper).choices(PAPERS))
    .option('--shop-name <text>', t.receipt.shopName)
    .option('--address <line...>', t.receipt.address)
    .option('--vat-number <text>', t.receipt.vatNumber)
    .option('--help-line <text>', t.receipt.helpLine)
    .option('--logo <file.png>', t.receipt.logo)
    .action(
      cli.run(async (session, options: SettingsOptions) => {
        const { paper, shopName, address, vatNumber, helpLine, logo } = options;
        const body: ReceiptSettings = {
          paper,
          ...(shopName !== undefined && { shop_name: shopName }),
          ...(address !== undefined && { address }),
          ...(vatNumber !== undefined && { vat_number: vatNumber }),
          ...(helpLine !== undefined && { help_line: helpLine }),
          ...(logo !== undefined && { logo: readBytes(session, logo).toString('base64') }),
        };
        session.out.record(await session.client().opentopup.receipts.setSettings(body, session), SETTINGS_FIELDS);
      }),
    );
  withExamples(set, cli, "opentopup receipt set --paper 80mm --shop-name 'Airport shop' --logo logo.png");
}
