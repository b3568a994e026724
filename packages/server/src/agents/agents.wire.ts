import { type Agent, type SalePreview, type SalePreviewNews, wireDate } from '@opentopup/contract';
import { amountOf } from '../values/money.ts';
import type { AgentRow } from './agents.query.ts';
import type { PreviewRow } from './previews.query.ts';

export const wireAgent = (row: AgentRow): Agent => ({
  client_id: row.client_id,
  name: row.name,
  world: row.world,
  offers: row.offers,
  units_per_hour: row.units_per_hour,
  units_per_day: row.units_per_day,
  line_units_per_day: row.line_units_per_day,
  amount_per_day: amountOf(row.amount_per_day_minor, row.currency),
  currency: row.currency,
  released_up_to: row.released_up_to_minor === null ? null : amountOf(row.released_up_to_minor, row.currency),
  used: {
    units_last_hour: row.units_last_hour,
    units_last_day: row.units_last_day,
    amount_last_day: amountOf(row.amount_last_day_minor, row.currency),
  },
  creation_date: wireDate(row.created_at),
  ...(row.revoked_at && { revocation_date: wireDate(row.revoked_at) }),
});

/** Gives what is told of a preview in events, which are kept: nothing of its customer. */
export const wirePreviewNews = (row: PreviewRow): SalePreviewNews => ({
  id: row.id,
  client_id: row.client_id,
  agent_name: row.agent_name,
  status: row.status,
  offer_id: row.offer_id,
  offer_name: row.offer_name,
  price: amountOf(row.price_minor, row.currency),
  currency: row.currency,
  units_after: row.units_after,
  creation_date: wireDate(row.at),
  expiration_date: wireDate(row.expires_at),
  ...(row.decided_by !== null && { decided_by: row.decided_by }),
  ...(row.transaction_id !== null && { transaction_id: row.transaction_id }),
  ...(row.refusal !== null && { reason: row.refusal }),
});

export const wirePreview = (row: PreviewRow): SalePreview => ({
  ...wirePreviewNews(row),
  parameters: { [row.line_kind]: row.line },
});
