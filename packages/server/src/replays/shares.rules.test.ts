import fc from 'fast-check';
import { expect, it } from 'vitest';
import { faredAt, NOBODY_CAME, reaches } from './shares.rules.ts';

type Choice = { weight: number; goesOn: number };

/** The same, drawing by draw. */
function enumerated(choices: readonly Choice[]): number[] {
  const shares = choices.map(() => 0);
  const draw = (left: readonly number[], share: number): void => {
    const all = left.reduce((sum, i) => sum + (choices[i]?.weight ?? 0), 0);
    for (const i of left) {
      const { weight, goesOn } = choices[i] as Choice;
      const reach = (share * weight) / all;
      shares[i] = (shares[i] ?? 0) + reach;
      const others = left.filter((each) => each !== i);
      draw(others, reach * goesOn);
    }
  };
  draw([...choices.keys()], 1);
  return shares;
}

it('by weight, each product is reached as often as draws without repetition reach it', () => {
  const choice = fc.record({
    weight: fc.integer({ min: 1, max: 100 }),
    goesOn: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(choice, { minLength: 1, maxLength: 5 }), (choices) => {
      const exact = enumerated(choices);
      for (const [i, reach] of reaches('weight', choices).entries())
        expect(Math.abs(reach - (exact[i] ?? 0))).toBeLessThan(0.02);
    }),
  );
});

it('in an order, each product is reached by what goes on from those before', () => {
  const choices = [0.5, 0.2, 0].map((goesOn) => ({ weight: 1, goesOn }));
  expect(reaches('order', choices)).toEqual([1, 0.5, 0.1]);
});

it('whose turn had come, and was not tried, was passed over', () => {
  const tried = new Map([
    ['a', { ...NOBODY_CAME, tried: 6, ok: 5 }],
    ['b', { ...NOBODY_CAME, tried: 4, ok: 3 }],
  ]);
  // Ten orders: four found a down, one was refused by it; one of the five that came to b found that down too.
  const fared = faredAt('order', 10, ['a', 'b'], tried);
  expect([fared.get('a')?.due, fared.get('b')?.due]).toEqual([10, 5]);
  // By weight it is known only of those whom nobody delivered: two, for whom each was drawn.
  const drawn = faredAt('weight', 10, ['a', 'b'], tried);
  expect([drawn.get('a')?.due, drawn.get('b')?.due]).toEqual([7, 5]);
});
