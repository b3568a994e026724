/** How the next orders end, in the vendor's words, whatever their numbers would have come to. */
export class Endings {
  readonly #planned: string[] = [];

  plan(ending: string, times: number): void {
    for (let i = 0; i < times; i += 1) this.#planned.push(ending);
  }

  /** Gives the ending of the next order, and uses it up; null where none was planned. */
  take(): string | null {
    return this.#planned.shift() ?? null;
  }

  clear(): void {
    this.#planned.length = 0;
  }
}
