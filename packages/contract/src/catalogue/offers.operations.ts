import { MANAGERS, OPERATORS, READERS, READERS_AND_AGENTS, SUPPORT } from '../access/role-groups.ts';
import { EXAMPLE_IDS } from '../example-values.ts';
import { operation } from '../operation.ts';
import { answer, DistributorPage, Id, list, ofDistributor, ofOperator, ofWire } from '../operation-parts.ts';
import { Page } from '../service.ts';
import { OfferEditableParameters, OfferLight, PriceVersion } from './offers.ts';
import { OfferChange, OfferCreation, OperatorOffer } from './operator-catalogue.ts';

/** What a distributor may sell. */
export const WIRE_OFFER_OPERATIONS = {
  getDistributorOfferList: operation({
    id: 'getDistributorOfferList',
    method: 'GET',
    path: '/distributors/offers',
    tag: 'Offers',
    summary: 'What you may sell, at which price, and how many units are left',
    ...ofWire,
    roles: READERS_AND_AGENTS,
    query: Page,
    answers: list('A page of offers, oldest first', OfferLight),
  }),
  getDistributorOffer: operation({
    id: 'getDistributorOffer',
    method: 'GET',
    path: '/distributors/offers/{id}',
    tag: 'Offers',
    summary: 'One offer',
    ...ofWire,
    roles: READERS_AND_AGENTS,
    params: Id,
    answers: { 200: answer('The offer', OfferLight) },
  }),
  changeDistributorOfferEditableParameters: operation({
    id: 'changeDistributorOfferEditableParameters',
    method: 'PATCH',
    path: '/distributors/offers/{id}',
    tag: 'Offers',
    summary: 'Changes your name, fee and metadata of an offer',
    description: '`resell_value` is the operator’s and stays as it is. Sales already made keep what they were sold at.',
    ...ofWire,
    roles: MANAGERS,
    params: Id,
    body: OfferEditableParameters,
    bodyExample: { name: 'Recharge France 10 €', distributor_fees: 2.08, distributor_fees_type: 'value' },
    answers: { 200: answer('The offer as it is now', OfferLight) },
  }),
} as const;

/** What an offer has cost. */
export const OFFER_OPERATIONS = {
  listOfferPrices: operation({
    id: 'listOfferPrices',
    method: 'GET',
    path: '/v1/offers/{id}/prices',
    tag: 'Offers',
    summary: 'What an offer has cost, newest first',
    ...ofDistributor,
    roles: READERS,
    params: Id,
    query: Page,
    answers: list('A page of prices', PriceVersion),
  }),
} as const;

/** What the operator offers, to whom and at which price. */
export const OPERATOR_OFFER_OPERATIONS = {
  listOffers: operation({
    id: 'listOffers',
    method: 'GET',
    path: '/admin/v1/offers',
    tag: 'Catalogue',
    summary: 'All offers, oldest first',
    ...ofOperator,
    roles: SUPPORT,
    query: DistributorPage,
    answers: list('A page of offers', OperatorOffer),
  }),
  createOffer: operation({
    id: 'createOffer',
    method: 'POST',
    path: '/admin/v1/offers',
    tag: 'Catalogue',
    summary: 'Offers a product to a distributor; its stock is empty',
    ...ofOperator,
    roles: OPERATORS,
    body: OfferCreation,
    bodyExample: {
      distributor_id: EXAMPLE_IDS.distributor,
      product_id: EXAMPLE_IDS.product,
      name: 'Welcome Travelers 20 EUR',
      resell_value: 15.84,
    },
    answers: { 201: answer('The offer', OperatorOffer) },
    reasons: ['id_taken'],
  }),
  getOffer: operation({
    id: 'getOffer',
    method: 'GET',
    path: '/admin/v1/offers/{id}',
    tag: 'Catalogue',
    summary: 'One offer',
    ...ofOperator,
    roles: SUPPORT,
    params: Id,
    answers: { 200: answer('The offer', OperatorOffer) },
  }),
  changeOffer: operation({
    id: 'changeOffer',
    method: 'PATCH',
    path: '/admin/v1/offers/{id}',
    tag: 'Catalogue',
    summary: 'Changes an offer’s name, price or end',
    ...ofOperator,
    roles: OPERATORS,
    params: Id,
    body: OfferChange,
    bodyExample: { resell_value: 7.5 },
    answers: { 200: answer('The offer as it is now', OperatorOffer) },
  }),
} as const;
