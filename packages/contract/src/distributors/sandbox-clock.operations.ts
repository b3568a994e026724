import { MANAGERS } from '../access/role-groups.ts';
import { operation } from '../operation.ts';
import { answer, ofDistributor } from '../operation-parts.ts';
import { SandboxClock } from './sandbox-clock.ts';

/** The clock of a sandbox. */
export const SANDBOX_CLOCK_OPERATIONS = {
  getSandboxClock: operation({
    id: 'getSandboxClock',
    method: 'GET',
    path: '/v1/sandbox/clock',
    tag: 'Sandbox',
    summary: 'How far the clock of your sandbox is ahead',
    description: 'For clients of the sandbox.',
    ...ofDistributor,
    roles: MANAGERS,
    reasons: ['sandbox_only'],
    answers: { 200: answer('The clock', SandboxClock) },
  }),
  moveSandboxClock: operation({
    id: 'moveSandboxClock',
    method: 'POST',
    path: '/v1/sandbox/clock',
    tag: 'Sandbox',
    summary: 'Puts the clock of your sandbox forward',
    description:
      'For clients of the sandbox. What has to wait comes due by this clock: the end of keys, further attempts to deliver ' +
      'events, identifications, what is forgotten, forecasts. Moments are told as they really were. Nobody else’s clock ' +
      'is moved. Repeating it changes nothing more.',
    ...ofDistributor,
    roles: MANAGERS,
    body: SandboxClock,
    bodyExample: { ahead_s: 2_678_400 },
    reasons: ['sandbox_only'],
    answers: { 200: answer('The clock as it goes now', SandboxClock) },
  }),
} as const;
