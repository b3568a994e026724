import { EXAMPLE_IDS, EXAMPLE_SINCE, EXAMPLE_SOLD } from '../example-values.ts';

const standing = {
  offer_id: EXAMPLE_IDS.offer,
  offer_name: 'Mobile France 10 EUR',
  available: 48,
  held: 1,
  level: 'low',
  since: EXAMPLE_SOLD,
  threshold: 50,
};

/** Examples of answers, by the title of their schema. */
export const STOCK_EXAMPLES = {
  OfferStock: {
    offer_id: EXAMPLE_IDS.offer,
    available: 312,
    held: 1,
    owed: 0,
    parked: 0,
    level: 'ok',
    threshold: 50,
    pace_per_day: 24.6,
    forecast: {
      confidence: 'good',
      days_of_cover: { low: 11.2, median: 12.5, high: 14.1 },
      empty_at: { low: '2026-12-05T15:00:00Z', median: '2026-12-06T22:13:00Z', high: '2026-12-08T12:37:00Z' },
    },
    refill: { days: 30, units: 430 },
    history: { step: 'day', points: [{ date: '2026-11-23T00:00:00Z', sold: 22, granted: 0, available: 325 }] },
  },
  StockStanding: standing,
  Alert: {
    id: EXAMPLE_IDS.alert,
    offer_id: EXAMPLE_IDS.offer,
    units: 50,
    emails: ['stock@shop.example'],
    creation_date: EXAMPLE_SINCE,
    update_date: EXAMPLE_SINCE,
    crossed: [standing],
  },
  AlertTest: { channel: 'chat', address: 'https://hooks.chat.example/…', error: 'answered 404' },
};
