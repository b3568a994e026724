import { expect, it } from 'vitest';
import { networkOf } from './network.ts';

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::1', '0:0:0:0::'],
  ['2001:db8::1', '2001:db8:0:0::'],
  ['2001:0db8:0:0:aaaa::1', '2001:db8:0:0::'],
  ['2001:DB8:0:1:2:3:4:5', '2001:db8:0:1::'],
])('%s calls from %s', (address, network) => expect(networkOf(address)).toBe(network));
