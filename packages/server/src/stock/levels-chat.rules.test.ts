import { expect, it } from 'vitest';
import { stockChat } from './levels-chat.rules.ts';

it.each([
  [0.4, 'en', 'A: stock low. Units left: 3, enough for less than a day.'],
  [1.2, 'en', 'A: stock low. Units left: 3, enough for 1 day.'],
  [9.6, 'en', 'A: stock low. Units left: 3, enough for 10 days.'],
  [null, 'en', 'A: stock low. Units left: 3.'],
  [0.4, 'fr', 'A : stock faible. Unités restantes : 3, de quoi tenir moins d’un jour.'],
  [1.2, 'fr', 'A : stock faible. Unités restantes : 3, de quoi tenir 1 jour.'],
  [9.6, 'fr', 'A : stock faible. Unités restantes : 3, de quoi tenir 10 jours.'],
] as const)('a chat is told that a stock is enough for %s days, in %s', (days_of_cover, language, text) => {
  const news = { event: 'stock.low', offer_name: 'A', available: 3, days_of_cover, link: null } as const;
  expect(stockChat(news, language).replaceAll(/\s/g, ' ')).toBe(text);
});
