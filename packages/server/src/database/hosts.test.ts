import { expect, it } from 'vitest';
import { hostUrls } from './hosts.ts';

it.each([
  ['postgres://u:p@one/db', ['postgres://u:p@one/db']],
  [
    'postgres://u:p@one:5433,two/db?sslmode=require',
    ['postgres://u:p@one:5433/db?sslmode=require', 'postgres://u:p@two/db?sslmode=require'],
  ],
  ['postgresql://one,[::1]:5433', ['postgresql://one', 'postgresql://[::1]:5433']],
  ['postgres:///db?host=/run/postgresql', ['postgres:///db?host=/run/postgresql']],
])('the hosts of %s are read as libpq reads them', (url, urls) => {
  expect(hostUrls(url)).toEqual(urls);
});
