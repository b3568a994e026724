import type { SimStatus } from '@opentopup/contract';
import { fraction } from './noise.ts';
import { soldAt } from './profile.ts';

type SimState = SimStatus['status'];

/** What asking about a SIM comes to, by the last three digits of its serial or number. Any other is available. */
export const SIM_ENDINGS: Readonly<Record<string, SimState | 'sim_unknown' | 'supplier_silent'>> = {
  '001': 'sim_unknown',
  '005': 'supplier_silent',
  '007': 'supplier_silent',
  '008': 'supplier_silent',
  '009': 'supplier_silent',
  '101': 'free',
  '102': 'not installed',
  '103': 'available',
  '104': 'suspended fraud',
  '105': 'suspended kyc default',
  '106': 'suspended by operator',
  '107': 'suspended following a theft or loss',
  '108': 'expired',
  '109': 'revoked by operator',
  '110': 'uninstalled',
  '111': 'sim swap',
};

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** How long a top-up lasts, and how long the number does after it. */
const PLAN_MS = 30 * DAY_MS;
const NUMBER_MS = 180 * DAY_MS;
/** SIMs not sold here were activated in this year. */
const EARLIER = Date.UTC(2024, 0, 1);

/** What became of a SIM so far. */
export interface Life {
  state: SimState;
  created: Date;
  /** Null before it was installed; so is what follows. */
  activated: Date | null;
  topped_up: Date | null;
  plan_ends: Date | null;
  number_ends: Date | null;
}

/** A SIM that is asked about. */
export interface Sim {
  /** Of its serial, or its number. */
  digits: string;
  /** Where its ending says so. */
  state: SimState | undefined;
  /** When it was last recharged here, where that is known. */
  recharged: Date | null;
}

/** Gives a plausible life, made of the SIM's digits and the clock alone: the same whenever it is asked. */
export function lifeOf({ digits, state, recharged }: Sim, now: Date): Life {
  const seed = seedOf(digits);
  const sold = soldAt(digits);
  const isOurs = sold !== null && sold <= now;
  const created = isOurs ? sold.getTime() : EARLIER + fraction(seed, 'created') * 300 * DAY_MS;
  const activated = created + (10 + fraction(seed, 'activated') * 110) * MINUTE_MS;
  const isInstalled = state === undefined ? activated <= now.getTime() : state !== 'free' && state !== 'not installed';
  if (!isInstalled) {
    const never = { activated: null, topped_up: null, plan_ends: null, number_ends: null };
    return { state: state ?? 'not installed', created: new Date(created), ...never };
  }
  // An eSIM of ours is used up. Any other SIM is topped up as soon as its plan ends, as long as that is possible.
  const plans = isOurs || state === 'expired' ? 0 : Math.floor((now.getTime() - activated) / PLAN_MS);
  const topped_up = Math.max(activated + Math.max(plans, 0) * PLAN_MS, recharged?.getTime() ?? 0);
  const number_ends = topped_up + NUMBER_MS;
  return {
    state: state ?? (number_ends <= now.getTime() ? 'expired' : 'available'),
    created: new Date(created),
    activated: new Date(activated),
    topped_up: new Date(topped_up),
    plan_ends: new Date(topped_up + PLAN_MS),
    number_ends: new Date(number_ends),
  };
}

/** Tells what share of its plan a SIM has used up, from 0 to 1. */
export function usedBy({ digits }: Sim, { topped_up }: Life, now: Date): number {
  if (!topped_up) return 0;
  const pace = 0.6 + fraction(seedOf(digits), 'pace') * 0.8;
  const passed = Math.max(0, now.getTime() - topped_up.getTime()) / PLAN_MS;
  return passed >= 1 ? 1 : Math.min(1, passed * pace);
}

/** An ICCID and the NSCE within it are one SIM. */
const seedOf = (digits: string): string => digits.slice(-16);
