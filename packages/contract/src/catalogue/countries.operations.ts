import { READERS } from '../access/role-groups.ts';
import { operation } from '../operation.ts';
import { list, ofWire } from '../operation-parts.ts';
import { Page } from '../service.ts';
import { Country, Currency } from './countries.ts';

/** The lists that offers and products refer to. */
export const WIRE_COUNTRY_OPERATIONS = {
  getCountryList: operation({
    id: 'getCountryList',
    method: 'GET',
    path: '/countries',
    tag: 'Countries and currencies',
    summary: 'The countries, with calling code and flag',
    ...ofWire,
    roles: READERS,
    query: Page,
    answers: list('A page of countries, by code', Country),
  }),
  getCurrencyList: operation({
    id: 'getCurrencyList',
    method: 'GET',
    path: '/currencies',
    tag: 'Countries and currencies',
    summary: 'The currencies, with their last known rates',
    ...ofWire,
    roles: READERS,
    query: Page,
    answers: list('A page of currencies, by code', Currency),
  }),
} as const;
