import { setTimeout as sleep } from 'node:timers/promises';
import type { Query } from '../database/database.ts';
import { findNews, type Position, readProgress } from './events.query.ts';

const LOOK_EVERY_MS = 250;

/** Somebody who waits for events, of one distributor or, with null, of all. */
export class Listener {
  readonly distributor_id: string | null;
  /** Everything up to here has been taken. */
  position: Position;
  #hasNews = true;
  #wake = (): void => {};

  constructor(distributor_id: string | null, position: Position) {
    this.distributor_id = distributor_id;
    this.position = position;
  }

  /** There is, or may be, something behind its position. */
  tell(): void {
    this.#hasNews = true;
    this.#wake();
  }

  /** Whether there may be something new; asked again, only what is told from now on counts. */
  takeNews(): boolean {
    const had = this.#hasNews;
    this.#hasNews = false;
    return had;
  }

  /** Waits until there may be something new, the time is over or the signal says so. */
  wait(timeout_ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        this.#wake = () => {};
        resolve();
      };
      const timer = setTimeout(end, timeout_ms);
      signal.addEventListener('abort', end);
      this.#wake = end;
      if (this.#hasNews || signal.aborted) end();
    });
  }
}

/** Tells listeners when there is something new. It looks for all of them at once, and only while there are any. */
export class EventNews {
  readonly #db: Query;
  readonly #listeners = new Set<Listener>();
  #isWatching = false;
  /** How far the commit order had come when all that there is was told. */
  #told: string | null = null;

  constructor(db: Query) {
    this.#db = db;
  }

  listen(distributor_id: string | null, position: Position): Listener {
    const listener = new Listener(distributor_id, position);
    this.#listeners.add(listener);
    if (!this.#isWatching) void this.#watch();
    return listener;
  }

  leave(listener: Listener): void {
    this.#listeners.delete(listener);
  }

  async #watch(): Promise<void> {
    this.#isWatching = true;
    while (this.#listeners.size > 0) {
      await sleep(LOOK_EVERY_MS);
      await this.#look();
    }
    this.#isWatching = false;
  }

  async #look(): Promise<void> {
    try {
      // While no database transaction has ended there is nothing new for anybody, and that is cheap to ask.
      const progress = await readProgress(this.#db);
      if (progress !== this.#told) await this.#tellAll();
      this.#told = progress;
    } catch {
      // That the database cannot be reached, the streams find out by themselves.
      for (const listener of this.#listeners) listener.tell();
    }
  }

  async #tellAll(): Promise<void> {
    const listeners = [...this.#listeners];
    const own = listeners.flatMap(({ distributor_id, position }, i) =>
      distributor_id ? [{ distributor_id, position, i }] : [],
    );
    for (const n of own.length > 0 ? await findNews(this.#db, own) : []) listeners[own[n]?.i ?? -1]?.tell();
    for (const listener of listeners) if (listener.distributor_id === null) listener.tell();
  }
}
