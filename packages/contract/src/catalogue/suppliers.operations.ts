import { OPERATORS, READERS, SUPPORT } from '../access/role-groups.ts';
import { operation } from '../operation.ts';
import { answer, Id, list, ofOperator, ofWire } from '../operation-parts.ts';
import { Page } from '../service.ts';
import {
  Supplier,
  SupplierChange,
  SupplierCreation,
  SupplierImport,
  SupplierImportReport,
} from './operator-catalogue.ts';
import {
  CatalogueEntry,
  CatalogueReading,
  CatalogueReadingCreation,
  CatalogueSearch,
  Promotion,
} from './supplier-catalogue.ts';
import { SupplierFunds } from './supplier-funds.ts';
import { SupplierLight } from './suppliers.ts';

/** Whose products a distributor sells. */
export const WIRE_SUPPLIER_OPERATIONS = {
  getAvailableSupplierList: operation({
    id: 'getAvailableSupplierList',
    method: 'GET',
    path: '/distributors/suppliers',
    tag: 'Suppliers',
    summary: 'The suppliers of your offers',
    ...ofWire,
    roles: READERS,
    answers: list('The suppliers, by name', SupplierLight),
  }),
} as const;

/** The suppliers, and what they list. */
export const OPERATOR_SUPPLIER_OPERATIONS = {
  listSuppliers: operation({
    id: 'listSuppliers',
    method: 'GET',
    path: '/admin/v1/suppliers',
    tag: 'Catalogue',
    summary: 'All suppliers, by name',
    ...ofOperator,
    roles: SUPPORT,
    query: Page,
    answers: list('A page of suppliers', Supplier),
  }),
  createSupplier: operation({
    id: 'createSupplier',
    method: 'POST',
    path: '/admin/v1/suppliers',
    tag: 'Catalogue',
    summary: 'Adds a supplier',
    ...ofOperator,
    roles: OPERATORS,
    body: SupplierCreation,
    bodyExample: { name: 'Orange Belgium', country: 'BE', connector: 'simulator' },
    answers: { 201: answer('The supplier', Supplier) },
    reasons: ['id_taken'],
  }),
  getSupplier: operation({
    id: 'getSupplier',
    method: 'GET',
    path: '/admin/v1/suppliers/{id}',
    tag: 'Catalogue',
    summary: 'One supplier',
    ...ofOperator,
    roles: SUPPORT,
    params: Id,
    answers: { 200: answer('The supplier', Supplier) },
  }),
  changeSupplier: operation({
    id: 'changeSupplier',
    method: 'PATCH',
    path: '/admin/v1/suppliers/{id}',
    tag: 'Catalogue',
    summary: 'Changes a supplier, or how its connector works',
    ...ofOperator,
    roles: OPERATORS,
    params: Id,
    body: SupplierChange,
    bodyExample: { settings: { latency_ms: 200, failure_rate: 0.1 } },
    answers: { 200: answer('The supplier as it is now', Supplier) },
  }),
  readSupplierBalance: operation({
    id: 'readSupplierBalance',
    method: 'POST',
    path: '/admin/v1/suppliers/{id}/balance-readings',
    tag: 'Catalogue',
    summary: 'Reads the money that lies at a supplier, now',
    description:
      'By itself it is read every few minutes. When it falls below the `balance_threshold`, or is above it again, that is told ' +
      'as an event and an alert.',
    ...ofOperator,
    roles: OPERATORS,
    params: Id,
    answers: { 200: answer('What was found', SupplierFunds) },
    reasons: ['not_supported', 'supplier_silent'],
  }),
  importSupplierProducts: operation({
    id: 'importSupplierProducts',
    method: 'POST',
    path: '/admin/v1/suppliers/{id}/imports',
    tag: 'Catalogue',
    summary: 'Takes over what a supplier delivers, as products and offers',
    description:
      'With `choices` these become products, from the catalogue as it was read last. Without, the supplier is asked for its ' +
      'catalogue, and all of it becomes products but what needs an amount. What is new is added; of a product that is known, by its ' +
      '`supplier_reference`, the name, zone, tags and metadata are brought up to date. Prices of offers that are there ' +
      'stay, and nothing is taken away.',
    ...ofOperator,
    roles: OPERATORS,
    params: Id,
    body: SupplierImport,
    bodyExample: {},
    answers: { 200: answer('What was taken over', SupplierImportReport) },
    reasons: ['not_supported', 'supplier_silent'],
  }),
  listSupplierCatalogue: operation({
    id: 'listSupplierCatalogue',
    method: 'GET',
    path: '/admin/v1/suppliers/{id}/catalogue',
    tag: 'Catalogue',
    summary: 'What a supplier lists and charges, as its catalogue was read last; or what of it is looked for',
    ...ofOperator,
    roles: SUPPORT,
    params: Id,
    query: CatalogueSearch,
    answers: list('A page of its catalogue, by name', CatalogueEntry),
  }),
  listSupplierPromotions: operation({
    id: 'listSupplierPromotions',
    method: 'GET',
    path: '/admin/v1/suppliers/{id}/promotions',
    tag: 'Catalogue',
    summary: 'What a supplier adds to recharges for now; it is asked at once',
    ...ofOperator,
    roles: SUPPORT,
    params: Id,
    answers: list('All that it tells', Promotion),
    reasons: ['not_supported', 'supplier_silent'],
  }),
  readSupplierCatalogue: operation({
    id: 'readSupplierCatalogue',
    method: 'POST',
    path: '/admin/v1/suppliers/{id}/readings',
    tag: 'Catalogue',
    summary: 'Reads the catalogue of a supplier again, now',
    description:
      'By itself it is read every `CATALOGUE_INTERVAL_S`. What has changed is told as events, and the supplier’s ' +
      '`on_catalogue_change` says what follows. Only a whole list counts; what one lacks, a second one has to lack too.',
    ...ofOperator,
    roles: OPERATORS,
    params: Id,
    body: CatalogueReadingCreation,
    bodyExample: {},
    answers: { 200: answer('What was found', CatalogueReading) },
    reasons: ['not_supported', 'supplier_silent'],
  }),
} as const;
