import type { ReceiptProof } from '@opentopup/contract';
import type { Command } from 'commander';
import { qrTerminal } from '../../esim/qr-code.ts';
import type { Cli } from '../cli.ts';
import type { Column } from '../output/column.ts';
import { withExamples } from './verb.ts';

const FIELDS: Column<ReceiptProof>[] = [
  { name: 'code', kind: 'text', of: ({ code }) => code },
  { name: 'url', kind: 'text', of: ({ url }) => url },
  { name: 'text', kind: 'text', of: ({ text }) => text },
];

/** Defines `receipt`: the code and the QR code by which the receipt of a sale proves itself. */
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
  withExamples(receipt, cli, 'opentopup receipt 01a20d0b-54d6-77c2-99f0-4ba20661bd01');
}
