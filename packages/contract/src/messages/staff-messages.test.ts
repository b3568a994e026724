import { describe, expect, it } from 'vitest';
import { REASONS } from '../reasons.ts';
import { staffEnglish } from './staff-en.ts';
import { staffFrench } from './staff-fr.ts';
import { STAFF_LANGUAGES, staffMessage } from './staff-messages.ts';
import type { StaffOutcome } from './staff-sentences.ts';

const OUTCOMES = Object.keys(staffEnglish) as StaffOutcome[];
/** Words that only English has, and a sentence of it hardly does without. */
const ENGLISH = /(?<![\p{L}_])(the|is|are|was|not|and|with|which|this|that|your|you|of|to|has|have|it)(?![\p{L}_])/iu;

describe('what staff is told', () => {
  it('is there for every reason, and for what sales come to', () => {
    expect(OUTCOMES.toSorted()).toEqual([...Object.keys(REASONS), 'ok', 'pending', 'parked'].toSorted());
  });

  it.each(STAFF_LANGUAGES)('is whole sentences for people in %s, without names of the wire', (language) => {
    const odd = OUTCOMES.map((outcome) => staffMessage(outcome, language)).filter(
      (text) =>
        /[_{}<>[\]]|offer_id|bucket|undefined/.test(text) || !/^[A-ZÀ-Ý].*[.?!]$/.test(text) || text.length > 125,
    );
    expect(odd).toEqual([]);
  });

  it('is nothing but French in French', () => {
    expect(Object.values(staffEnglish).filter((text) => !ENGLISH.test(text)).length).toBeLessThan(25);
    expect(Object.values(staffFrench).filter((text) => ENGLISH.test(text))).toEqual([]);
  });
});
