import type { NumberNetworks, NumberQuestion, SupplierAnswer } from '../connector.ts';

const EVEN = { id: 'even', name: 'Even Mobile' };
const ODD = { id: 'odd', name: 'Odd Mobile' };
const COST = { amount: 0.005, currency: 'EUR' };

/** Tells whose network a number is in, by its last digit; of one that ends in 9 that is not certain, and of 0 not known. */
export function tellNetworks({ line }: NumberQuestion): SupplierAnswer<NumberNetworks> {
  const last = Number(line.e164.at(-1));
  const network = last % 2 === 0 ? EVEN : ODD;
  return {
    outcome: 'answered',
    answer: { networks: last === 0 ? [] : [{ ...network, identified: last !== 9 }], cost: COST },
  };
}
