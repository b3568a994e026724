import { asOneLine } from '@opentopup/contract';
import type { FastifyRequest } from 'fastify';
import type { ClientInfo } from './sessions.ts';

const LONGEST_AGENT = 200;

/** Reads where a request comes from. */
export const clientInfoOf = ({ ip, headers }: FastifyRequest): ClientInfo => ({
  address: ip,
  agent: asOneLine((headers['user-agent'] ?? '').slice(0, LONGEST_AGENT)),
});
