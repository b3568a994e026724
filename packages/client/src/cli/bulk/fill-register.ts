import type { Offer } from '../../index.ts';
import type { Messages } from '../messages/en.ts';
import { type Fault, faultOf } from './check-line.ts';
import { digestOf, readFile } from './read-file.ts';
import type { Register } from './register.ts';

/** A line that cannot be sold. */
export interface BadLine {
  line: number;
  fault: Fault;
  /** Of a reference that is there twice: where it was before. */
  other?: number;
}

/** What the reading of a file has found. */
export interface Reading {
  lines: number;
  bad: number;
  /** The first of them. */
  badLines: BadLine[];
}

const TOLD = 1_000;

/** Reads a file into the register, line by line. Bad lines are counted and told; they are not in it. */
export async function fillRegister(
  register: Register,
  file: string,
  batch: string,
  offers: ReadonlyMap<string, Offer>,
  t: Messages,
): Promise<Reading> {
  const reading: Reading = { lines: 0, bad: 0, badLines: [] };
  const note = (bad: BadLine): void => {
    reading.bad++;
    if (reading.badLines.length < TOLD) reading.badLines.push(bad);
  };
  await register.fill(async () => {
    for await (const { line, cells } of readFile(file, t)) {
      reading.lines++;
      const fault = faultOf(cells, offers, Date.now());
      if (fault) {
        note({ line, fault });
        continue;
      }
      const { offer_id = '', msisdn, sim_id, reference } = cells;
      const order = { line, offer_id: offer_id.toLowerCase(), msisdn: msisdn || null, sim_id: sim_id || null };
      const other = register.add({ ...order, reference: reference || null });
      if (other !== null) note({ line, fault: 'repeated_reference', other });
    }
    return digestOf(file, batch);
  });
  return reading;
}
