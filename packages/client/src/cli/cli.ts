import type { Command } from 'commander';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { tellFailure } from './failure.ts';
import type { Locale } from './locale.ts';
import type { CliMessages } from './messages/en.ts';
import { CommandOutput, type Io } from './output/output.ts';
import { CliSession, type GlobalOptions } from './session.ts';

// biome-ignore lint/suspicious/noConfusingVoidType: what ends without a word has ended well.
type End = ExitCode | void;

/** What verbs are made with, and where the exit code of the one that ran is kept. */
export class Cli {
  readonly io: Io;
  readonly locale: Locale;
  readonly #interrupted: AbortSignal;
  exit: ExitCode = EXIT.ok;

  constructor(io: Io, locale: Locale, interrupted: AbortSignal) {
    this.io = io;
    this.locale = locale;
    this.#interrupted = interrupted;
  }

  get t(): CliMessages {
    return this.locale.t;
  }

  /**
   * What a command does when it is called: `work`, with a session, the command's arguments and its options. What it
   * throws is told, and becomes the exit code.
   */
  run(work: (session: CliSession, ...given: never[]) => Promise<End>): (...all: unknown[]) => Promise<void> {
    return async (...all) => {
      const command = all.pop() as Command;
      const options = command.optsWithGlobals<GlobalOptions>();
      const session = new CliSession(this.io, this.locale, options, this.#interrupted);
      try {
        this.exit = (await work(session, ...(all as never[]))) ?? EXIT.ok;
      } catch (error) {
        this.exit = tellFailure(error, session.out, this.io.stderr, options.verbose === true);
      }
    };
  }

  /** For what goes wrong before a command is known. */
  get out(): CommandOutput {
    return new CommandOutput(this.io, this.locale, false);
  }
}
