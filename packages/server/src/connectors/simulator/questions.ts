import { type SimStatus, type UsageBalance, wireDate } from '@opentopup/contract';
import { lineDigits } from '../../values/line.ts';
import type { SimQuestion, SupplierAnswer } from '../connector.ts';
import { type Life, lifeOf, SIM_ENDINGS, type Sim, usedBy } from './life.ts';
import { orderedAt } from './profile.ts';
import { readSimulatorSettings } from './settings.ts';

/** What a plan holds. */
const DATA_MO = 20_480;
const MINUTES = 120;
const TEXTS = 1_000;

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Tells something of a SIM, or why not. */
function tell<T>(
  { line, reference, supplier }: SimQuestion,
  now: Date,
  say: (sim: Sim, life: Life) => T,
): SupplierAnswer<T> {
  if (reference === null && !readSimulatorSettings(supplier.settings).by_serial) {
    return { outcome: 'not_supported', detail: 'a SIM is asked about by its transaction' };
  }
  const digits = lineDigits(line);
  const ending = SIM_ENDINGS[digits.slice(-3)];
  if (ending === 'sim_unknown') return { outcome: ending };
  if (ending === 'supplier_silent') return { outcome: 'unknown', cause: 'no answer' };
  const sim = { digits, state: ending, recharged: reference === null ? null : orderedAt(reference) };
  return { outcome: 'answered', answer: say(sim, lifeOf(sim, now)) };
}

/** Tells how a SIM stands. */
export const tellStatus = (question: SimQuestion, now: Date): SupplierAnswer<SimStatus> =>
  tell(question, now, (_, life) => ({
    status: life.state,
    creation_date: wireDate(life.created),
    ...(life.activated && { activation_date: wireDate(life.activated) }),
    ...(life.topped_up && { last_topup_date: wireDate(life.topped_up) }),
    ...(life.plan_ends && { expiration_date: wireDate(life.plan_ends) }),
    ...(life.number_ends && { number_expiration_date: wireDate(life.number_ends) }),
  }));

/** Tells what is left on a SIM: nothing before it is installed, and less with each second after. */
export const tellUsage = (question: SimQuestion, now: Date): SupplierAnswer<UsageBalance> =>
  tell(question, now, (sim, life) => {
    const { activated, topped_up, plan_ends, number_ends } = life;
    if (!activated || !topped_up || !plan_ends || !number_ends) return { buckets: [] };
    const left = 1 - usedBy(sim, life, now);
    const plan = { activation_date: wireDate(topped_up), expiration_date: wireDate(plan_ends) };
    return {
      first_activation_date: wireDate(activated),
      number_expiration_date: wireDate(number_ends),
      buckets: [
        { name: 'Data', ...plan, data_remaining: rounded(DATA_MO * left), data_unit: 'Mo' },
        {
          name: 'Calls and texts',
          ...plan,
          airtime_remaining: rounded(MINUTES * left),
          airtime_unit: 'minutes',
          sms_remaining: Math.floor(TEXTS * left),
        },
      ],
    };
  });
