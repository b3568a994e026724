import { SIM_STATES, type SimStatus, type UsageBalance } from '@opentopup/contract';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { SimQuestion, SupplierAnswer } from '../connector.ts';
import { SIM_ENDINGS } from './life.ts';
import { NUMBERS } from './numbers.ts';
import { profileOf } from './profile.ts';
import { tellStatus, tellUsage } from './questions.ts';
import { SCENARIOS } from './scenarios.ts';
import { tellGlobalBalances } from './zones.ts';

const NOW = new Date('2026-11-24T10:00:00Z');
const DAY_MS = 86_400_000;
const later = (days: number): Date => new Date(NOW.getTime() + days * DAY_MS);
const SUPPLIER = {
  id: '01890000-0000-7000-8000-000000000003',
  settings: { by_serial: true, global_balances: true },
  secrets: {},
};

const sim = (serial: string, reference: string | null = null): SimQuestion => ({
  line: { kind: 'simId', serial },
  reference,
  supplier: SUPPLIER,
});
const answerOf = <T>(answer: SupplierAnswer<T>): T => {
  if (answer.outcome !== 'answered') throw new Error(answer.outcome);
  return answer.answer;
};
const statusOf = (question: SimQuestion, now = NOW): SimStatus => answerOf(tellStatus(question, now));
const usageOf = (question: SimQuestion, now = NOW): UsageBalance => answerOf(tellUsage(question, now));
const dataLeft = (question: SimQuestion, now = NOW): number | undefined =>
  usageOf(question, now).buckets[0]?.data_remaining;

describe('a SIM of the simulator', () => {
  it('stands in each of the states there are, by its ending', () => {
    const states = Object.values(SIM_ENDINGS).filter((state) => state !== 'sim_unknown' && state !== 'supplier_silent');
    expect(states).toEqual(SIM_STATES);
    for (const [ending, state] of Object.entries(SIM_ENDINGS)) {
      const answer = tellStatus(sim(`899110120000${ending}`), NOW);
      if (state === 'sim_unknown') expect(answer).toEqual({ outcome: 'sim_unknown' });
      else if (state === 'supplier_silent') expect(answer).toMatchObject({ outcome: 'unknown' });
      else expect(answerOf(answer).status).toBe(state);
    }
  });

  it('with any other ending is available, and its dates follow each other', () => {
    for (let i = 200; i < 1_000; i += 1) {
      const life = statusOf(sim(`8991101200${i}`));
      expect(life.status).toBe('available');
      const { creation_date, activation_date, last_topup_date, expiration_date, number_expiration_date } = life;
      const past = [creation_date, activation_date, last_topup_date, NOW.toISOString()];
      const times = [...past, expiration_date, number_expiration_date].map((date) => Date.parse(date ?? ''));
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(times).not.toContain(Number.NaN);
    }
  });

  it('that was never installed has nothing to tell but when it was made', () => {
    for (const ending of ['101', '102']) {
      expect(statusOf(sim(`12345678${ending}`))).toEqual({
        status: SIM_ENDINGS[ending],
        creation_date: expect.any(String),
      });
      expect(usageOf(sim(`12345678${ending}`))).toEqual({ buckets: [] });
    }
  });

  it('that has expired did so in the past, and has nothing left', () => {
    const { status, number_expiration_date = '' } = statusOf(sim('12345678108'));
    expect(status).toBe('expired');
    expect(Date.parse(number_expiration_date)).toBeLessThan(NOW.getTime());
    expect(usageOf(sim('12345678108')).buckets).toMatchObject([
      { data_remaining: 0 },
      { airtime_remaining: 0, sms_remaining: 0 },
    ]);
  });

  it('tells the same at the same moment, and less is left a moment later', () => {
    const question = sim('8991101200587');
    expect(dataLeft(question)).toBe(dataLeft(question));
    const left = dataLeft(question) ?? 0;
    expect(left).toBeGreaterThan(0);
    expect(dataLeft(question, new Date(NOW.getTime() + 10_000))).toBeLessThan(left);
    expect(statusOf(question, later(0.01)).activation_date).toBe(statusOf(question).activation_date);
  });

  it('starts with a full plan at a recharge', () => {
    const recharged = sim('8991101200587', v7({ msecs: NOW.getTime() }));
    expect(statusOf(recharged).last_topup_date).toBe('2026-11-24T10:00:00Z');
    expect(dataLeft(recharged)).toBe(20_480);
    expect(dataLeft(recharged, later(1))).toBeLessThan(20_480);
  });

  it('can be asked about by its serial only where the supplier says so', () => {
    const strict = { ...sim('8991101200587'), supplier: { ...SUPPLIER, settings: {} } };
    expect(tellStatus(strict, NOW).outcome).toBe('not_supported');
    expect(tellStatus({ ...strict, reference: v7() }, NOW).outcome).toBe('answered');
  });
});

describe('an eSIM of the simulator', () => {
  const reference = v7({ msecs: NOW.getTime() });
  const { iccid, nsce } = profileOf(reference);
  const question = sim(iccid, reference);

  it('is installed after a while, used up, and expires', () => {
    expect(statusOf(question)).toEqual({ status: 'not installed', creation_date: '2026-11-24T10:00:00Z' });
    expect(statusOf(question, later(1)).status).toBe('available');
    expect(dataLeft(question, later(1))).toBeGreaterThan(dataLeft(question, later(2)) ?? 0);
    expect([statusOf(question, later(60)).status, dataLeft(question, later(60))]).toEqual(['available', 0]);
    expect(statusOf(question, later(200)).status).toBe('expired');
  });

  it('is one SIM, by whichever name it is asked about', () => {
    const byTransaction = statusOf(question, later(3));
    expect(statusOf(sim(iccid), later(3))).toEqual(byTransaction);
    expect(statusOf(sim(nsce), later(3))).toEqual(byTransaction);
    expect(usageOf(sim(nsce), later(3))).toEqual(usageOf(question, later(3)));
  });
});

describe('what all SIMs consumed', () => {
  const ask = (from: string, before: string, zone_level: 'region' | 'country', supplier = SUPPLIER) =>
    tellGlobalBalances(
      { distributor_id: 'd', from: new Date(from), before: new Date(before), zone_level, supplier },
      NOW,
    );
  const sum = (zones: { data_amount: number }[]): number =>
    zones.reduce((all, { data_amount }) => all + data_amount, 0);

  it('is the same by country and by region, and grows with the span', () => {
    const regions = answerOf(ask('2026-03-01', '2026-04-01', 'region'));
    const countries = answerOf(ask('2026-03-01', '2026-04-01', 'country'));
    expect(regions).toMatchObject({ start_date: '2026-03-01T00:00:00Z', end_date: '2026-03-31T23:59:59Z' });
    expect(regions.zones[0]).toMatchObject({ name: 'Europe', code: '150', data_unit: 'Mo' });
    expect(countries.zones).toContainEqual(expect.objectContaining({ name: 'Spain', code: 'ES' }));
    expect(sum(countries.zones)).toBe(sum(regions.zones));
    expect(sum(answerOf(ask('2026-03-01', '2026-05-01', 'region')).zones)).toBeGreaterThan(sum(regions.zones));
  });

  it('is nothing yet in the future', () => {
    expect(sum(answerOf(ask('2026-11-25', '2026-12-01', 'country')).zones)).toBe(0);
    const today = answerOf(ask('2026-11-24', '2026-11-25', 'country'));
    expect(answerOf(ask('2026-11-24', '2026-12-25', 'country')).zones).toEqual(today.zones);
  });

  it('is told only where the supplier says so', () => {
    const silent = { ...SUPPLIER, settings: { by_serial: true, global_balances: false } };
    expect(ask('2026-03-01', '2026-04-01', 'region', silent).outcome).toBe('not_supported');
  });
});

describe('the numbers of the simulator', () => {
  it('are all endings with which something special happens, each once', () => {
    const endings = [...Object.keys(SCENARIOS), ...Object.keys(SIM_ENDINGS)];
    expect(NUMBERS.map(({ ending }) => ending)).toEqual([...new Set(endings)].toSorted());
    expect(NUMBERS).toContainEqual({
      ending: '001',
      order: { description: SCENARIOS['001']?.what, status: 'ko', reason: 'line_unknown' },
      sim: 'sim_unknown',
    });
    expect(NUMBERS).toContainEqual({ ending: '104', sim: 'suspended fraud' });
  });
});
