import { describe, expect, it } from 'vitest';
import { redact } from './redact.rules.ts';

const kept = (text: string, known: string[] = []): string => redact(text, known, 4_000);

describe('a text that was exchanged with a supplier', () => {
  it.each([
    '{ "line": "0684587587",\n  "amount": 10.50, "shipping": "none", "key": "FR-10" }',
    '<recharge><line>0684587587</line><state>done</state></recharge>',
    'line=0684587587&state=done',
    'Bad Gateway',
    '',
  ])('is kept as it was where there is nothing to hide: %s', (text) => {
    expect(kept(text)).toBe(text);
  });

  it.each([
    ['{"access_token":"ey.1","expires_in":60}', '{"access_token":"[…]","expires_in":60}'],
    [
      '{"sim":{"pinCode":1234,"PUK1":"12345678","iccid":"8933"}}',
      '{"sim":{"pinCode":"[…]","PUK1":"[…]","iccid":"8933"}}',
    ],
    ['[{"activationCode":{"lpa":"x"}}]', '[{"activationCode":"[…]"}]'],
    ['{"text":"scan LPA:1$smdp.example$K2-1XKZ now"}', '{"text":"scan […] now"}'],
    ['{"text":"1$smdp.example$K2-1XKZ"}', '{"text":"[…]"}'],
    ['client_secret=s3cr3t&line=0684587587', 'client_secret=[…]&line=0684587587'],
    ['https://supplier.example/r?api_key=abc&line=7', 'https://supplier.example/r?api_key=[…]&line=7'],
    ['<sim><puk>12345678</puk><iccid>8933</iccid></sim>', '<sim><puk>[…]</puk><iccid>8933</iccid></sim>'],
    ['{"line":"0684587587","puk":"1234567', '{"line":"0684587587","puk":"[…]'],
    ['{"password":"my own words","a":1', '{"password":"[…]","a":1'],
    ['{"pins":["1234","5678"],"a', '{"pins":[…]'],
    ['{"a":"{\\"line\\":\\"7\\",\\"puk\\":\\"1234567\\",', '{"a":"{\\"line\\":\\"7\\",\\"puk\\":\\"[…]\\",'],
    ['<puk><![CDATA[12345678]]></puk>', '<puk>[…]</puk>'],
    ['{"simpukcode":"1","PINCode":"2","smdpaddress":"3"}', '{"simpukcode":"[…]","PINCode":"[…]","smdpaddress":"[…]"}'],
    ['{"MATCHINGID":1,"accesstoken":2,"PUKs":[3]}', '{"MATCHINGID":"[…]","accesstoken":"[…]","PUKs":"[…]"}'],
    ['{"data":"{\\"puk\\":\\"12345678\\",\\"a\\":1}"}', '{"data":"{\\"puk\\":\\"[…]\\",\\"a\\":1}"}'],
    ['{"next":"https://supplier.example/?api_key=abc&a=1"}', '{"next":"https://supplier.example/?api_key=[…]&a=1"}'],
    ['{"qr":null,"x":"LPA:1\\u0024smdp.example\\u0024K2-1XKZ"}', '{"qr":null,"x":"[…]"}'],
    ['{"x":"LPA:1\\u0024smdp.example\\u0024K2-1XKZ","y', '{"x":"[…]","y'],
    ['https://qr.example/?data=LPA%3A1%24smdp.example%24K2-1XKZ&a=1', 'https://qr.example/?data=[…]&a=1'],
  ])('is kept without what is secret by its name or its form: %s', (text, expected) => {
    expect(kept(text)).toBe(expected);
  });

  it('is kept without what is known to be secret, however it is called and written', () => {
    expect(kept('{"x":"a\\"bcdef","y":"no"}', ['a"bcdef'])).toBe('{"x":"[…]","y":"no"}');
    expect(kept('https://supplier.example/a%2Fbcdef', ['a/bcdef'])).toBe('https://supplier.example/[…]');
    expect(kept('{"x":"0042","line":"0684500427"}', ['0042'])).toBe('{"x":"[…]","line":"0684500427"}');
    expect(kept('{"x":"https:\\/\\/smdp.example"}', ['https://smdp.example'])).toBe('{"x":"[…]"}');
    expect(kept('{"x":""}', [''])).toBe('{"x":""}');
  });

  it('is cut where it is long, however long it is, in little time', () => {
    expect(redact('abcdef', [], 3)).toBe('abc…');
    const begun = performance.now();
    for (const piece of ['a', 'a=', '<a', '"a":', '1$', ' ']) expect(kept(piece.repeat(1_000_000)).length).toBe(4_001);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
