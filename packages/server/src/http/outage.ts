import { type Refusal, refuse } from '@opentopup/contract';
import { OverCapacity } from '../database/batch.ts';
import { DatabaseDown, DiskFull } from '../database/database.ts';

/** The refusal for a failure that passes by itself; null for any other, which is a bug. */
export function outageOf(error: unknown): Refusal | null {
  if (error instanceof DiskFull) return refuse('service_unavailable', { detail: error.message });
  if (error instanceof DatabaseDown) return refuse('service_unavailable');
  if (error instanceof OverCapacity) return refuse('over_capacity');
  return null;
}
