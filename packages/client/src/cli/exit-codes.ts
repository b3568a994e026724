/** How a command ends, for the program that called it. docs/guide/command-line.md lists them. */
export const EXIT = {
  ok: 0,
  /** Something went wrong that nobody expected; the ledger or a document does not prove; books differ; a test message was not taken; a server deviates; a program loses sales. */
  failed: 1,
  /** Called in a way that cannot work. Nothing was done. */
  usage: 2,
  /** The server said no. Nothing was done. */
  refused: 3,
  /** What became of a sale is not known yet. */
  pending: 4,
  /** No answer. */
  unreachable: 5,
  /** The credentials do not count. */
  denied: 6,
  /** Ctrl+C, as shells have it. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
