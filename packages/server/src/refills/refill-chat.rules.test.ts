import { expect, it } from 'vitest';
import { refillChat } from './refill-chat.rules.ts';

it.each([
  ['open', 'en', 'A: refill ordered. Units: 1,200, reference: PO-1.'],
  ['granted', 'fr', 'A : réapprovisionnement accordé. Unités : 1 200, référence : PO-1.'],
] as const)('a chat is told that an order of units is %s, in %s', (status, language, text) => {
  const news = { status, offer_name: 'A', units: 1_200, reference: 'PO-1', justification: null, link: null };
  expect(refillChat(news, language).replaceAll(/\s/g, ' ')).toBe(text);
});

it('a chat is told why an order was declined, and calls nobody whatever its reference says', () => {
  const news = { status: 'declined', offer_name: 'A', units: 5, justification: 'Bill unpaid', link: null } as const;
  const told = refillChat({ ...news, reference: '<!channel> @all' }, 'en');
  expect(told).toMatch(/^A: refill declined\. .* Why: Bill unpaid$/);
  expect(told).not.toMatch(/<|@all/);
});
