/** What the operator has set about sales that are reversed. */
export interface ReversalRules {
  /** Above this price, in the currency of the sale, a second person has to approve; null: never. */
  secondPersonAbove: number | null;
  /** What becomes of proof by a supplier that a sale was not delivered, or was taken back: a question to a person, or it is booked. */
  onSupplierProof: 'propose' | 'book';
}

/** Reads these from the settings. */
export const reversalRulesOf = (settings: {
  REVERSAL_SECOND_PERSON_ABOVE?: number;
  SUPPLIER_REVERSALS: 'propose' | 'book';
}): ReversalRules => ({
  secondPersonAbove: settings.REVERSAL_SECOND_PERSON_ABOVE ?? null,
  onSupplierProof: settings.SUPPLIER_REVERSALS,
});
