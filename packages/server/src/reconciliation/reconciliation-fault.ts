/** A reconciliation that has come to nothing. Its message is told to the operator: nothing secret in it. */
export class ReconciliationFault extends Error {
  override readonly name = 'ReconciliationFault';
}
