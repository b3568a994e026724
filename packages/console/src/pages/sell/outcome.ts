/** The id of the words that say what became of a sale. */
export const OUTCOME = 'outcome';
