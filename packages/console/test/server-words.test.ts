import { FRENCH } from '@opentopup/contract/messages/server-fr';
import { serverWords } from '@opentopup/contract/messages/server-words';
import { describe, expect, it } from 'vitest';
import { CALL_NAMES, CALLS, fieldsOf } from '../src/pages/integrate/calls.ts';

const ENGLISH = /(?<![\p{L}_])(the|is|are|was|not|with|which|this|that|your|you|has|have|it|of)(?![\p{L}_])/iu;

describe('what the server says in English only', () => {
  it('is said in French too of every call of the wire, and of what can be given to it', () => {
    const calls = CALL_NAMES.map((name) => CALLS[name]);
    const about = calls.flatMap((call) => fieldsOf(call).flatMap((field) => field.about ?? []));
    const silent = [...calls.map(({ summary }) => summary), ...about].filter((text) => !serverWords(text, 'fr'));
    expect(about.length).toBeGreaterThan(20);
    expect(silent).toEqual([]);
  });

  it('is nothing but French there, and left out where nobody has put it into French', () => {
    expect(Object.values(FRENCH).filter((text) => ENGLISH.test(text))).toEqual([]);
    expect(serverWords('the host has no address', 'fr')).toBe('ce serveur n’a pas d’adresse');
    expect(serverWords('must not have fewer than 12 characters', 'fr')).toBe('il faut au moins 12 caractères');
    expect(serverWords('something new', 'fr')).toBeNull();
    expect(serverWords('something new', 'en')).toBe('something new');
  });
});
