import { MASKED_ROLES } from '@opentopup/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { maskedLine } from '../domain/mask.ts';

/** What names a line or a SIM, wherever it stands in an answer. */
const LINES = new Set(['msisdn', 'simId', 'iccid', 'imsi', 'nsce', 'line']);
/** What installs or unlocks an eSIM. */
const KEYS = new Set(['activation_code', 'matching_id', 'smdp_url', 'pin_code', 'puk']);

/** True for whoever looks at sales and needs no numbers. */
export const seesMasked = ({ caller }: FastifyRequest): boolean =>
  caller !== null && MASKED_ROLES.includes(caller.role);

/** The same answer without the numbers of lines and SIMs, and without what installs an eSIM. */
export function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !KEYS.has(name))
      .map(([name, inner]) => [name, LINES.has(name) && typeof inner === 'string' ? maskedLine(inner) : masked(inner)]),
  );
}

/** Masks every JSON answer to those roles, whatever the route. */
export function maskLines(app: FastifyInstance): void {
  app.addHook('preSerialization', (request, _reply, payload, done) =>
    done(null, seesMasked(request) ? masked(payload) : payload),
  );
}
