import { describe, expect, it } from 'vitest';
import { createAddressRules } from './allowed-addresses.ts';

const strict = createAddressRules([]);
const NOT_PUBLIC = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '169.254.169.254',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '64:ff9b::a00:1',
  'fc00::1',
  'fe80::1',
  'ff02::1',
  '2001:db8::1',
  '2002:7f00:1::',
];
const inUrl = (ip: string): string => (ip.includes(':') ? `[${ip}]` : ip);

describe('without exceptions', () => {
  it.each(NOT_PUBLIC)('%s is not called, by itself or behind a name', (ip) => {
    expect(strict.faultOf(`https://${inUrl(ip)}/`)).toBe('a public address is needed');
    expect(strict.mayConnect(new URL('https://shop.example/'), ip)).toBe(false);
  });

  it.each(['93.184.216.34', '172.32.0.1', '2606:2800:220:1::1'])('%s is called over HTTPS, and only so', (ip) => {
    expect(strict.faultOf(`https://${inUrl(ip)}/hook`)).toBeNull();
    expect(strict.faultOf(`http://${inUrl(ip)}/hook`)).toBe('an https URL is needed');
    expect(strict.mayConnect(new URL('https://shop.example/'), ip)).toBe(true);
    expect(strict.mayConnect(new URL('http://shop.example/'), ip)).toBe(false);
  });

  // All of them are ways to write an address of this machine.
  it.each(['2130706433', '0x7f.1', '127.1', '0177.0.0.1', '127.0.0.1.', '①②⑦.0.0.1', 'localhost', 'a.localhost.'])(
    'https://%s is not called',
    (host) => {
      expect(strict.faultOf(`https://${host}/`)).toBe('a public address is needed');
    },
  );
});

describe('with exceptions', () => {
  const rules = createAddressRules(['shop.local', '10.0.0.0/8', '::1']);

  it('a host that is named may be anywhere, without TLS', () => {
    expect(rules.faultOf('http://Shop.Local:8080/hook')).toBeNull();
    expect(rules.mayConnect(new URL('http://shop.local/'), '192.168.1.1')).toBe(true);
    expect(rules.mayConnect(new URL('http://sub.shop.local/'), '192.168.1.1')).toBe(false);
  });

  it('an address in a range may be called, by itself or behind any name', () => {
    expect([rules.faultOf('http://10.9.8.7/'), rules.faultOf('http://[::1]:9/')]).toEqual([null, null]);
    expect(rules.faultOf('http://11.9.8.7/')).toBe('an https URL is needed');
    const named = new URL('http://till.shop.example/');
    expect(rules.faultOf(named.href)).toBeNull();
    expect(['10.9.8.7', '93.184.216.34'].map((ip) => rules.mayConnect(named, ip))).toEqual([true, false]);
  });

  it('all others are refused as before', () => {
    expect(rules.faultOf('https://192.168.1.1/')).toBe('a public address is needed');
    expect(rules.faultOf('http://localhost/')).toBe('a public address is needed');
  });
});

it('a range that is none is refused', () => {
  expect(() => createAddressRules(['10.0.0.0/99'])).toThrow(/out of range/);
});
