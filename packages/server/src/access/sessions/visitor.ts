import { asOneLine } from '@opentopup/contract';
import type { FastifyRequest } from 'fastify';
import type { Visitor } from './begin-session.ts';

const LONGEST_AGENT = 200;

/** Where a request comes from. */
export const visitorOf = ({ ip, headers }: FastifyRequest): Visitor => ({
  address: ip,
  agent: asOneLine((headers['user-agent'] ?? '').slice(0, LONGEST_AGENT)),
});
