import { setTimeout as sleep } from 'node:timers/promises';

/** Lets those who act at the same time go on one by one, in an order that is chosen: each of them waits before each step. */
export class Turns {
  readonly #waiting: (() => void)[] = [];

  /** Waits for a turn. */
  readonly wait = (): Promise<void> => new Promise((resolve) => this.#waiting.push(resolve));

  /**
   * Gives turns until all have come to their end, each time once all of them wait.
   * @param draw chooses who is next, from 0 to below the number given
   */
  async run(actors: readonly Promise<unknown>[], draw: (among: number) => number): Promise<void> {
    const acting = new Set(actors);
    for (const each of actors) {
      const ends = (): boolean => acting.delete(each);
      each.then(ends, ends);
    }
    while (acting.size > 0) {
      await sleep(0);
      if (this.#waiting.length < acting.size) continue;
      const [next] = this.#waiting.splice(draw(this.#waiting.length), 1);
      next?.();
    }
    await Promise.all(actors);
  }
}

/** Does something in every order that there is. @param act is given what chooses who is next */
export async function inEveryOrder(act: (draw: (among: number) => number) => Promise<void>): Promise<number> {
  let path: number[] = [];
  for (let orders = 1; ; orders += 1) {
    const among: number[] = [];
    await act((of) => {
      among.push(of);
      return path[among.length - 1] ?? 0;
    });
    // The next one differs from this as late as can be.
    const taken = among.map((_, i) => path[i] ?? 0);
    const last = among.findLastIndex((of, i) => (taken[i] as number) + 1 < of);
    if (last === -1) return orders;
    path = [...taken.slice(0, last), (taken[last] as number) + 1];
  }
}
