/** How far a step of some work got: `more` where it may have left some. */
export type Progress = 'done' | 'more';

/** Tells how far a step got that takes up to `limit` at once. */
export const progressAfter = (taken: number, limit: number): Progress => (taken < limit ? 'done' : 'more');
