import type { DocumentKeySet } from '@opentopup/contract';
import { readSigned, type SignatureVerdict, verifySigned } from '@opentopup/contract/signing/verify-signed';
import type { Command } from 'commander';
import { besideWire } from '../../travel-b2b.ts';
import type { Cli } from '../cli.ts';
import { EXIT } from '../exit-codes.ts';
import { Misuse } from '../misuse.ts';
import type { Column } from '../output/column.ts';
import type { CliSession } from '../session.ts';
import { readText } from './keys.ts';
import { withExamples } from './verb.ts';
import { RECEIPT_FIELDS, readReceiptText } from './verify-receipt.ts';

/** Where the public keys come from. */
interface KeySource {
  keys?: string;
  url?: string;
}

/** What a check has shown. */
interface Verified {
  verdict: SignatureVerdict;
  type: string;
  kid: string;
}

const FIELDS: Column<Verified>[] = [
  { name: 'type', kind: 'text', of: ({ type }) => type },
  { name: 'kid', kind: 'text', of: ({ kid }) => kid },
];

/** Returns the public keys out of a file, or as the server that is named publishes them. */
async function keysOf(session: CliSession, { keys, url }: KeySource): Promise<DocumentKeySet> {
  if (keys !== undefined && url !== undefined) throw new Misuse(session.t.verify.oneSource);
  const source = keys ?? `${besideWire((url ?? session.url).replace(/\/+$/, ''))}/.well-known/jwks.json`;
  const text = keys === undefined ? await download(session, source) : readText(session, keys);
  return readKeys(text) ?? misuse(session.t.verify.noKeys(source));
}

async function download(session: CliSession, url: string): Promise<string> {
  if (!URL.canParse(url)) throw new Misuse(session.t.access.badUrl(url));
  const answer = await fetch(url, { signal: session.signal }).catch((error: unknown) => {
    if (session.signal.aborted) throw error;
    throw new Misuse(session.t.verify.noKeys(url));
  });
  return answer.text();
}

function misuse(words: string): never {
  throw new Misuse(words);
}

function readKeys(text: string): DocumentKeySet | null {
  try {
    const set = JSON.parse(text) as DocumentKeySet | null;
    return Array.isArray(set?.keys) ? set : null;
  } catch {
    return null;
  }
}

/** Defines `verify`: the proof of a signed document, which needs no server where its keys are at hand. */
export function defineVerify(program: Command, cli: Cli): void {
  const { t } = cli;
  const verify = program
    .command('verify')
    .description(t.verify.about)
    .argument('[file]', t.verify.file)
    .option('--receipt <text>', t.verify.receipt)
    .option('--keys <file>', t.verify.keys)
    .option('--url <url>', t.verify.url)
    .action(
      cli.run(async (session, file: string | undefined, { receipt, ...source }: KeySource & { receipt?: string }) => {
        const { out } = session;
        if ((file === undefined) === (receipt === undefined)) throw new Misuse(t.verify.oneDocument);
        const sold = receipt === undefined ? null : (readReceiptText(receipt) ?? misuse(t.verify.notSigned(receipt)));
        const signed = sold ?? readSigned(readText(session, file ?? '')) ?? misuse(t.verify.notSigned(file ?? ''));
        const verdict = await verifySigned(signed, await keysOf(session, source));
        const isValid = verdict === 'valid';
        const words = t.verify.verdicts[verdict];
        if (!out.isJson) out.say(isValid ? out.style('green', `✔ ${words}`) : out.style('red', `✘ ${words}`));
        const { kid } = signed.signature;
        if (sold && isValid && !out.isJson) {
          out.record(sold.document, RECEIPT_FIELDS);
          out.note(t.verify.asSold);
        } else out.record({ verdict, type: signed.document.type, kid }, FIELDS);
        return isValid ? EXIT.ok : EXIT.failed;
      }),
    );
  withExamples(
    verify,
    cli,
    'opentopup verify statement.json --keys jwks.json',
    'opentopup verify statement.json --url https://topup.example',
    "opentopup verify --receipt 'https://topup.example/r/K7QF2M9XABCD3FGH#…' --keys jwks.json",
  );
}
