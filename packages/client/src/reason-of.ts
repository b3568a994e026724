// Not the whole contract: with its schemas comes a library that takes longer to load than all of this.
import type { Reason, RefusalDetails } from '@opentopup/contract';
import { REASONS, ruleOf } from '@opentopup/contract/reasons';

/** Returns true for a reason that this version of the client knows. */
export const isReason = (value: unknown): value is Reason => typeof value === 'string' && Object.hasOwn(REASONS, value);

/** The reasons of a sale that Travel B2B 1.7 tells apart by their descriptions alone. */
const TOLD_BY_DESCRIPTION = [
  'invalid_json',
  'missing_offer_id',
  'invalid_offer_id',
  'product_unavailable',
  'bucket_empty',
  'missing_parameters',
  'empty_parameters',
  'supplier_not_managed',
  'bad_parameter',
  'supplier_refused',
] as const satisfies readonly Reason[];

const ANYTHING = '\0';
const DETAILS: RefusalDetails = {
  offer_id: ANYTHING,
  product_id: ANYTHING,
  product_status: ANYTHING,
  supplier_id: ANYTHING,
  distributor_id: ANYTHING,
  supplier_message: ANYTHING,
};

/** Tells what a reason's descriptions look like. */
function patternOf(reason: Reason): RegExp {
  const literal = ruleOf(reason)
    .describe(DETAILS)
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll(ANYTHING, '(.*)')}$`, 's');
}

/** Gives the reason that an answer without one stands for, by its description, else by its status and code. */
export function reasonOf(status: number, code: number, description: string): Reason | undefined {
  if (status === 400) {
    const told = TOLD_BY_DESCRIPTION.find((reason) => patternOf(reason).test(description.trim()));
    if (told) return told;
  }
  // Code 0 says nothing. Of several reasons with the same code the general ones stand last.
  if (code === 0) return status === 400 ? 'supplier_refused' : undefined;
  return (Object.keys(REASONS) as Reason[]).findLast(
    (reason) => ruleOf(reason).status === status && ruleOf(reason).code === code,
  );
}
