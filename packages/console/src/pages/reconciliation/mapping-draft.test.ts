import { describe, expect, it } from 'vitest';
import { draftOf, mappingOf } from './mapping-draft.ts';

const KEPT = {
  columns: { time: 'Date', reference: 'Client ref', cost: 'Price', state: 'Status' },
  time_zone: 'Europe/Paris',
  date_order: 'dmy' as const,
  decimal: ',' as const,
  currency: 'EUR',
  states: { delivered: ['OK', 'Done'], refused: ['KO'] },
};

describe('a mapping that is typed', () => {
  it('is what was kept, where nothing was typed', () => {
    expect(mappingOf(draftOf(KEPT))).toEqual(KEPT);
  });

  it('leaves out what is empty, and words for states without a column for them', () => {
    const draft = draftOf(undefined);
    const columns = { ...draft.columns, time: 'Date', line: 'MSISDN' };
    const typed = { ...draft, columns, states: { ...draft.states, delivered: 'OK' }, currency: ' eur ' };
    expect(mappingOf(typed)).toEqual({
      columns: { time: 'Date', line: 'MSISDN' },
      date_order: 'ymd',
      decimal: '.',
      currency: 'EUR',
    });
  });

  it('takes words one by one, without blanks and without empty ones', () => {
    const draft = draftOf(KEPT);
    const { states } = mappingOf({ ...draft, states: { ...draft.states, delivered: ' Livrée,, OK ', refused: ' , ' } });
    expect(states).toEqual({ delivered: ['Livrée', 'OK'] });
  });
});
