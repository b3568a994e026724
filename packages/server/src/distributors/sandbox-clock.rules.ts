/** A time that a clock was put forward. */
interface Move {
  at: Date;
  ahead_s: number;
}

/**
 * Tells when a clock said something, in real time: what was made before that is as old as this clock has it.
 * @param moves in their order; what a move has passed over, the clock said when it was made
 */
export function realTimeOf(said: Date, moves: readonly Move[]): Date {
  let ahead_ms = 0;
  for (const { at, ahead_s } of moves) {
    if (said.getTime() - ahead_ms < at.getTime()) break;
    ahead_ms = ahead_s * 1_000;
    if (said.getTime() - ahead_ms < at.getTime()) return at;
  }
  return new Date(said.getTime() - ahead_ms);
}
