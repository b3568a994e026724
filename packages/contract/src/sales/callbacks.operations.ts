import Type from 'typebox';
import { EXAMPLE_IDS } from '../example-values.ts';
import { operation } from '../operation.ts';
import { answer, Id } from '../operation-parts.ts';

/** Operations that suppliers call. */
export const SUPPLIER_OPERATIONS = {
  takeSupplierCallback: operation({
    id: 'takeSupplierCallback',
    method: 'POST',
    path: '/suppliers/{id}/callbacks',
    tag: 'Suppliers',
    summary: 'Tells what became of a recharge; only suppliers call this',
    description:
      'The body and how it is signed are the supplier’s own: its connector reads and checks them. `HEAD` is answered 200, whatever the id, for suppliers that look whether somebody is there.',
    access: 'supplier',
    extension: true,
    params: Id,
    body: Type.Unknown(),
    bodyExample: { reference: EXAMPLE_IDS.transaction, result: 'delivered' },
    answers: {
      200: answer('Taken; it may be sent again', Type.Object({ status: Type.String() }), { status: 'taken' }),
    },
  }),
} as const;
