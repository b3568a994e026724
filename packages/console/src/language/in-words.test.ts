import { describe, expect, it } from 'vitest';
import { inWords } from './in-words.ts';

describe('numbers in words', () => {
  it.each([
    [0, 'zéro'],
    [21, 'vingt et un'],
    [71, 'soixante et onze'],
    [75, 'soixante-quinze'],
    [80, 'quatre-vingts'],
    [81, 'quatre-vingt-un'],
    [91, 'quatre-vingt-onze'],
    [99, 'quatre-vingt-dix-neuf'],
    [100, 'cent'],
    [200, 'deux cents'],
    [201, 'deux cent un'],
    [280, 'deux cent quatre-vingts'],
    [1_000, 'mille'],
    [1_100, 'mille cent'],
    [80_000, 'quatre-vingt mille'],
    [200_000, 'deux cent mille'],
    [1_000_000, 'un million'],
    [200_000_000, 'deux cents millions'],
    [3_000_040, 'trois millions quarante'],
    [1_000_000_000_000, 'mille milliards'],
    [999_999, 'neuf cent quatre-vingt-dix-neuf mille neuf cent quatre-vingt-dix-neuf'],
  ])('are French as they are written: %i', (n, words) => {
    expect(inWords(n, 'fr')).toBe(words);
  });

  it.each([
    [13, 'thirteen'],
    [40, 'forty'],
    [42, 'forty-two'],
    [100, 'one hundred'],
    [342, 'three hundred and forty-two'],
    [1_000, 'one thousand'],
    [1_001, 'one thousand and one'],
    [12_345, 'twelve thousand three hundred and forty-five'],
    [2_000_000, 'two million'],
    [1_000_000_000_000, 'one thousand billion'],
  ])('are English as they are written: %i', (n, words) => {
    expect(inWords(n, 'en')).toBe(words);
  });
});
