import type { SupplierAccess, SupplierPromotion } from '../connector.ts';
import { type PromotionEntry, PromotionPage } from './answers.ts';
import type { ReloadlyApi } from './api.ts';
import { readReloadlyPages } from './pages.ts';

/** Its older dates have no zone; they are in UTC. */
const WITHOUT_ZONE = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/;

function dateOf(text: string | null | undefined): Date | null {
  const at = Date.parse((text ?? '').replace(WITHOUT_ZONE, '$1T$2Z'));
  return Number.isNaN(at) ? null : new Date(at);
}

/** Its texts are HTML. */
const plain = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

function promotionOf(promotion: PromotionEntry): SupplierPromotion {
  const { promotionId, operatorId, title, title1, title2, description, startDate, endDate } = promotion;
  return {
    id: String(promotionId),
    title: title2 ?? title ?? title1 ?? '',
    text: plain(description ?? ''),
    begins_at: dateOf(startDate),
    ends_at: dateOf(endDate),
    network: { id: String(operatorId), name: '' },
    countries: [],
  };
}

/** Lists what operators add to recharges for now. */
export async function readReloadlyPromotions(
  api: ReloadlyApi,
  supplier: SupplierAccess,
  signal: AbortSignal,
): Promise<SupplierPromotion[]> {
  const promotions: SupplierPromotion[] = [];
  for await (const page of readReloadlyPages<PromotionEntry>(api, supplier, '/promotions?', PromotionPage, signal)) {
    promotions.push(...page.map(promotionOf));
  }
  return promotions;
}
