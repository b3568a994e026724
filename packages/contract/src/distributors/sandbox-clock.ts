import Type, { type Static } from 'typebox';

/** How far a sandbox's clock may be put forward: ten years. */
export const MOST_AHEAD_S = 10 * 366 * 86_400;

/** The clock of a sandbox. */
export const SandboxClock = Type.Object(
  {
    ahead_s: Type.Integer({
      minimum: 0,
      maximum: MOST_AHEAD_S,
      description: 'How many seconds it is ahead of the real time; it goes forward only',
    }),
  },
  { title: 'SandboxClock', additionalProperties: false },
);
export type SandboxClock = Static<typeof SandboxClock>;
