/**
 * What a transaction delivers, as a `DeliverableKind` in SQL: it keeps no line for an eSIM. A line that was forgotten is
 * still a text.
 * @param of the name of the transaction in the statement
 */
export const DELIVERS = (of: string): string => `CASE WHEN ${of}.line IS NULL THEN 'esim' ELSE 'line' END`;

/**
 * Whether a product may deliver an offer, in SQL: it is the offer's own, or one of those of its route.
 * @param product the name of the product in the statement
 * @param offer that of the offer
 */
export const DELIVERS_OFFER = (product: string, offer: string): string => `(${product}.id = ${offer}.product_id
  OR ${product}.id IN (SELECT each.product_id FROM route_products each
                       WHERE each.distributor_id = ${offer}.distributor_id AND each.route_id = ${offer}.route_id))`;
