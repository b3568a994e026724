import { REASONS, type Reason, ruleOf } from '@opentopup/contract';
import { describe, expect, it } from 'vitest';
import { reasonOf } from './reason-of.ts';

const id = 'e0c798dd-54a2-462d-8f87-79a44f7547a1';

describe('the reason of an answer without one', () => {
  it.each<[Reason, string]>([
    ['invalid_json', 'unable to decode json body'],
    ['missing_offer_id', 'missing offer_id parameter in body'],
    ['invalid_offer_id', 'invalid offer_id parameter'],
    ['product_unavailable', `product ${id} not available (end of life) for offer ${id}`],
    ['bucket_empty', `bucket empty for offer ${id}`],
    ['missing_parameters', 'missing parameters parameter in body'],
    ['empty_parameters', 'parameters not set in body'],
    ['supplier_not_managed', `supplier ${id} not managed yet`],
    ['bad_parameter', `bad parameter for transaction for offer ${id}`],
    [
      'supplier_refused',
      `transaction failed (bucket unchanged) supplier ${id} product ${id} offer ${id} distributor ${id} message (KO)\ncode 7`,
    ],
  ])('is %s by what the API says of a sale: %s', (reason, description) => {
    for (const code of [0, 22, 24]) expect(reasonOf(400, code, description)).toBe(reason);
  });

  it('is the general one of its code where the description is new', () => {
    expect(reasonOf(400, 24, 'invalid colour')).toBe('invalid_body_field');
    expect(reasonOf(404, 60, 'no such thing')).toBe('not_found');
    expect(reasonOf(401, 42, 'your token is old')).toBe('expired_credentials');
    expect(reasonOf(429, 53, 'slow down')).toBe('too_many_requests');
  });

  it('is that the supplier refused, where an order is refused in words nobody knows', () => {
    expect(reasonOf(400, 0, 'no recharges on Sundays')).toBe('supplier_refused');
  });

  it('is not made up for other errors', () => {
    expect(reasonOf(418, 0, 'teapot')).toBeUndefined();
    expect(reasonOf(500, 99, 'oops')).toBeUndefined();
  });

  it('has the status that it has in the contract', () => {
    for (const reason of Object.keys(REASONS) as Reason[]) {
      const { status, code } = ruleOf(reason);
      const found = code === 0 ? reason : reasonOf(status, code, 'words of another server');
      expect(ruleOf(found as Reason)).toMatchObject({ status, code });
    }
  });
});
