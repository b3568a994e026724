import type { SupplierAccess, SupplierPromotion } from '../connector.ts';
import { PromotionDescriptionsAnswer, PromotionsAnswer } from './answers.ts';
import { dingDate, readDing } from './api.ts';
import { dingAccount } from './settings.ts';

/** Where there is no end it writes the last instant that it knows. */
const NEVER_YEAR = 9_999;

function dateOf(text: string): Date | null {
  const at = dingDate(text);
  return at === null || at.getUTCFullYear() >= NEVER_YEAR ? null : at;
}

/** Lists what providers add to transfers for now, in English. */
export async function readDingPromotions(supplier: SupplierAccess, signal: AbortSignal): Promise<SupplierPromotion[]> {
  const account = dingAccount(supplier);
  const { Items } = await readDing(account, 'GetPromotions', PromotionsAnswer, signal);
  const told = await readDing(
    account,
    'GetPromotionDescriptions?languageCodes=en',
    PromotionDescriptionsAnswer,
    signal,
  );
  const byKey = new Map(told.Items.map((description) => [description.LocalizationKey, description]));
  return Items.map(({ ProviderCode, StartUtc, EndUtc, LocalizationKey }) => ({
    id: `${ProviderCode} ${LocalizationKey}`,
    title: byKey.get(LocalizationKey)?.Headline ?? '',
    text: byKey.get(LocalizationKey)?.TermsAndConditionsMarkDown ?? '',
    begins_at: dateOf(StartUtc),
    ends_at: dateOf(EndUtc),
    network: { id: ProviderCode, name: ProviderCode },
    countries: [],
  }));
}
