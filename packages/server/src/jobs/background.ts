/** Work that goes on after the answer. */
export interface Background {
  add: (work: Promise<void>) => void;
  /** Waits for all of it, also for what is added meanwhile. */
  done: () => Promise<void>;
}

/** @param onError told when some of it fails */
export function createBackground(onError: (error: unknown) => void): Background {
  const works = new Set<Promise<void>>();
  return {
    add(work) {
      const tracked = work.catch(onError).finally(() => works.delete(tracked));
      works.add(tracked);
    },
    async done() {
      while (works.size > 0) await Promise.all(works);
    },
  };
}
