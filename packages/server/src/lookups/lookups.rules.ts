import type { Cost, NumberNetworks } from '../connectors/connector.ts';

/** What a supplier tells of the networks of a number, and what that costs, as it is kept. */
export type ToldNetworks = NumberNetworks['networks'];
export type LookupCost = Cost;
