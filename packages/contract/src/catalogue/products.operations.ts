import Type from 'typebox';
import { OPERATORS, SUPPORT } from '../access/role-groups.ts';
import { EXAMPLE_IDS } from '../example-values.ts';
import { Uuid } from '../formats.ts';
import { operation } from '../operation.ts';
import { answer, Id, list, ofOperator } from '../operation-parts.ts';
import { Page } from '../service.ts';
import { Product, ProductChange, ProductCreation } from './products.ts';

/** The products of all suppliers. */
export const OPERATOR_PRODUCT_OPERATIONS = {
  listProducts: operation({
    id: 'listProducts',
    method: 'GET',
    path: '/admin/v1/products',
    tag: 'Catalogue',
    summary: 'All products, oldest first',
    ...ofOperator,
    roles: SUPPORT,
    query: Type.Object({ ...Page.properties, supplier: Type.Optional(Uuid) }),
    answers: list('A page of products', Product),
  }),
  createProduct: operation({
    id: 'createProduct',
    method: 'POST',
    path: '/admin/v1/products',
    tag: 'Catalogue',
    summary: 'Adds a product',
    ...ofOperator,
    roles: OPERATORS,
    body: ProductCreation,
    bodyExample: {
      supplier_id: EXAMPLE_IDS.supplier,
      name: 'Welcome Travelers 20 EUR',
      type: 'topup',
      transaction_type: 'bundle topup',
      line_kind: 'simId',
      coverage_zone: ['FR'],
      currency: 'EUR',
      bonus_value: 20,
    },
    answers: { 201: answer('The product', Product) },
    reasons: ['id_taken'],
  }),
  getProduct: operation({
    id: 'getProduct',
    method: 'GET',
    path: '/admin/v1/products/{id}',
    tag: 'Catalogue',
    summary: 'One product',
    ...ofOperator,
    roles: SUPPORT,
    params: Id,
    answers: { 200: answer('The product', Product) },
  }),
  changeProduct: operation({
    id: 'changeProduct',
    method: 'PATCH',
    path: '/admin/v1/products/{id}',
    tag: 'Catalogue',
    summary: 'Changes a product, or withdraws it',
    ...ofOperator,
    roles: OPERATORS,
    params: Id,
    body: ProductChange,
    bodyExample: { status: 'withdrawn' },
    answers: { 200: answer('The product as it is now', Product) },
  }),
} as const;
