import { describe, expect, it } from 'vitest';
import { reasonsOf, tellsCustomer } from '../operation-reasons.ts';
import { OPERATIONS, WIRE_OPERATIONS } from '../operations.ts';
import { REASONS, SUPPLIER_REASONS } from '../reasons.ts';
import { customerMessage, LANGUAGES, languageOfTag, OUTCOMES } from './customer-messages.ts';
import { tellCustomer } from './own-messages.ts';

/** Words of ours that mean nothing to somebody at a counter. */
const INTERNAL =
  /bucket|ledger|token|json|offer_id|supplier|connector|distributor|header|http|null|undefined|[_{}<>[\]]|\d{3}/i;

describe('what the end customer is told', () => {
  it.each(LANGUAGES)('is a plain sentence for every outcome, without words of ours, in %s', (language) => {
    const odd = OUTCOMES.map((outcome) => customerMessage(outcome, language)).filter(
      (text) => INTERNAL.test(text) || !/^[A-ZÀ-Ý].*[.?!]$/.test(text) || text.length > 160,
    );
    expect(odd).toEqual([]);
  });

  it.each(LANGUAGES)('is said in %s to whoever asks for it, or for it as a region speaks it', (language) => {
    for (const tag of [language, language.toUpperCase(), `${language}-CA`, `${language}_CA`]) {
      expect(languageOfTag(tag)).toBe(language);
    }
    expect(new Set(LANGUAGES.map((each) => customerMessage('ok', each))).size).toBe(LANGUAGES.length);
    for (const tag of ['', 'xx', `x${language}`, '*']) expect(languageOfTag(tag)).toBe('en');
  });

  it('is there for whatever an order may be refused for, and for what a question about a SIM may', () => {
    const told = OUTCOMES.filter((outcome) => outcome in REASONS);
    const lasting = [...SUPPLIER_REASONS, 'not_delivered', 'expired', 'reversed'];
    const asked = ['not_supported', 'sim_unknown', 'supplier_silent'];
    const all = new Set([...reasonsOf(WIRE_OPERATIONS.createTransaction), ...lasting, ...asked]);
    expect(told.toSorted()).toEqual([...all].toSorted());
  });

  it('is part of no other refusal: nobody waits at the counter for it', () => {
    const telling = OPERATIONS.filter((each) => reasonsOf(each).some((reason) => tellsCustomer(each, reason)));
    expect(telling.map(({ id }) => id)).toEqual([
      'createTransaction',
      'getSimStatus',
      'getUsageBalance',
      'lookupNumber',
    ]);
    expect(
      reasonsOf(WIRE_OPERATIONS.getSimStatus).filter((each) => tellsCustomer(WIRE_OPERATIONS.getSimStatus, each)),
    ).toEqual(['not_supported', 'sim_unknown', 'supplier_silent']);
  });

  it('names nothing but what is filled in, whatever stands in the values', () => {
    const own = { 'en ok': '{offer} for {msisdn_masked}' };
    expect(tellCustomer('ok', 'en', own, { offer: '{amount}', msisdn_masked: '+33•••87' })).toBe(
      '{amount} for +33•••87',
    );
    expect(tellCustomer('ok', 'en', own, { offer: 'Ten' })).toBe('The recharge has been made.');
    expect(tellCustomer('ok', 'fr', own, {})).toBe('La recharge a été effectuée.');
  });
});
