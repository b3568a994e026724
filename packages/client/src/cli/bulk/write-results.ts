import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import type { Line } from './line.ts';
import type { Register } from './register.ts';

const COLUMNS = ['line', 'reference', 'offer_id', 'msisdn', 'sim_id', 'status', 'transaction_id', 'reason', 'date'];
const CHUNK = 65_536;

/** What a state is called in the file: of what is being sent when a run ends, nobody knows. */
const STATUS: Record<Line['state'], string> = {
  new: 'not_sent',
  sending: 'unknown',
  ok: 'ok',
  refused: 'refused',
  pending: 'pending',
};

const quoted = (value: string | number | null): string => {
  const text = String(value ?? '');
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

function row(line: Line): string {
  const { offer_id, msisdn, sim_id, reference, state, transaction_id, reason, at_ms } = line;
  const date = state === 'new' || at_ms === 0 ? '' : `${new Date(at_ms).toISOString().slice(0, 19)}Z`;
  const cells = [line.line, reference, offer_id, msisdn, sim_id, STATUS[state], transaction_id, reason, date];
  return `${cells.map(quoted).join(',')}\n`;
}

/** Writes what became of each line, in the order of the file: whole or not at all, and for its owner only. */
export function writeResults(register: Register, path: string): void {
  const draft = `${path}.new`;
  const descriptor = openSync(draft, 'w', 0o600);
  try {
    let text = `${COLUMNS.join(',')}\n`;
    for (const line of register.all()) {
      text += row(line);
      if (text.length < CHUNK) continue;
      writeSync(descriptor, text);
      text = '';
    }
    writeSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, path);
}
