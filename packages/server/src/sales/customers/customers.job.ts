import type { Context } from '../../context.ts';
import type { Job } from '../../jobs/runner.ts';
import { tellCustomers } from './notify-customer.ts';

const EVERY_MS = 1_000;

/** Words what end customers are to be told of sales that have ended. */
export const customersJob = (ctx: Context): Job => ({
  name: 'customers',
  every_ms: EVERY_MS,
  run: () => tellCustomers(ctx),
});
