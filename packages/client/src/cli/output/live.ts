import type { CommandOutput, Io } from './output.ts';
import { cut } from './text.ts';

const UP = (lines: number): string => (lines > 0 ? `\u001b[${lines}A` : '');
const CLEAR_BELOW = '\u001b[0J';
const CLEAR_LINE = '\r\u001b[2K';
/** How often a progress is written where nobody sees it change. */
const LINE_EVERY_MS = 10_000;

/** A picture of some lines that is drawn again in its place. Through a pipe, each one follows the last. */
export class Picture {
  readonly #out: CommandOutput;
  #lines = 0;

  constructor(out: CommandOutput) {
    this.#out = out;
  }

  draw(lines: readonly string[]): void {
    const shown = this.#out.isTerminal ? lines.slice(0, this.#out.rows - 1) : lines;
    const again = this.#out.isTerminal ? `${UP(this.#lines)}\r${CLEAR_BELOW}` : '';
    this.#out.write(`${again}${shown.join('\n')}\n`);
    this.#lines = shown.length;
  }
}

/** One line on stderr that tells how far something is. Where nobody sees it change, it is written now and then. */
export class ProgressLine {
  readonly #io: Io;
  readonly #out: CommandOutput;
  #written_ms = Number.NEGATIVE_INFINITY;

  constructor(io: Io, out: CommandOutput) {
    this.#io = io;
    this.#out = out;
  }

  /** The terminal writes ^C behind the line; it must not begin another one. */
  get width(): number {
    return (this.#io.stderr.columns || 80) - 3;
  }

  draw(text: string): void {
    if (this.#out.isJson) return;
    if (this.#out.isWatched) {
      this.#io.stderr.write(`${CLEAR_LINE}${cut(text, this.width)}`);
      return;
    }
    const now_ms = performance.now();
    if (now_ms - this.#written_ms < LINE_EVERY_MS) return;
    this.#written_ms = now_ms;
    this.#io.stderr.write(`${text}\n`);
  }

  /** Takes the line away, for other words. */
  clear(): void {
    if (this.#out.isWatched) this.#io.stderr.write(CLEAR_LINE);
  }
}
