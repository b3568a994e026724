/** To whom it happens where it happens to no distributor. */
export const OPERATOR = '00000000-0000-0000-0000-000000000000';
/** Everybody to whom something may happen. */
export const OWNERS = `(SELECT id FROM distributors UNION ALL SELECT '${OPERATOR}'::uuid)`;
