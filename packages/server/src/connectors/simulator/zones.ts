import { type DistributorBalance, wireDate } from '@opentopup/contract';
import { countryOf } from '../../values/countries.ts';
import type { GlobalQuestion, SupplierAnswer } from '../connector.ts';
import { fraction } from './noise.ts';
import { readSimulatorSettings } from './settings.ts';

/** Where SIMs are used: UN M49 regions, and countries of each. */
const REGIONS = [
  { code: '150', name: 'Europe', countries: ['BE', 'DE', 'ES', 'FR', 'GB', 'IT', 'PT'] },
  { code: '002', name: 'Africa', countries: ['EG', 'MA', 'SN', 'TN'] },
  { code: '019', name: 'Americas', countries: ['BR', 'CA', 'MX', 'US'] },
  { code: '142', name: 'Asia', countries: ['JP', 'TH', 'TR'] },
] as const;

const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;
const MOST_A_DAY_MO = 5_000;

/** Tells what all SIMs consumed: each country at its own pace, as far as the span has passed. */
export function tellGlobalBalances(question: GlobalQuestion, now: Date): SupplierAnswer<DistributorBalance> {
  const { distributor_id, from, before, zone_level, supplier } = question;
  if (!readSimulatorSettings(supplier.settings).global_balances) {
    return { outcome: 'not_supported', detail: 'it does not tell what all SIMs consumed' };
  }
  const end = Math.min(before.getTime(), now.getTime());
  const days = Math.max(0, end - from.getTime()) / DAY_MS;
  const consumed = (country: string): number =>
    Math.round(days * MOST_A_DAY_MO * fraction(distributor_id, supplier.id, country));
  const zone = (name: string, code: string, countries: readonly string[]) => ({
    name,
    code,
    data_unit: 'Mo' as const,
    data_amount: countries.reduce((sum, country) => sum + consumed(country), 0),
  });
  return {
    outcome: 'answered',
    answer: {
      start_date: wireDate(from),
      end_date: wireDate(new Date(before.getTime() - SECOND_MS)),
      zones:
        zone_level === 'region'
          ? REGIONS.map(({ name, code, countries }) => zone(name, code, countries))
          : REGIONS.flatMap(({ countries }) => countries.map((each) => zone(countryOf(each).name, each, [each]))),
    },
  };
}
