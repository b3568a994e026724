/** What goes wrong with a request. */
export type RequestFault =
  /** The connection ends, and the vendor has done nothing. */
  | { kind: 'cut_before' }
  /** The vendor does it, and the connection ends without an answer. */
  | { kind: 'cut_after' }
  /** The vendor does it, and the connection ends in the middle of the answer. */
  | { kind: 'cut_amid' }
  /** Somebody in between sends it twice; the client gets the second answer. */
  | { kind: 'twice' }
  /** The vendor does it so much later. */
  | { kind: 'delay'; ms: number }
  /** The vendor does it at once, and answers so much later. */
  | { kind: 'slow'; ms: number }
  /** The vendor's own words for "too many requests" or "not now"; with `done`, it has done it all the same. */
  | { kind: 'refuse'; status: 429 | 503; done: boolean }
  /** Any other answer; with `done`, the vendor has done what it was asked. */
  | { kind: 'answer'; status: number; body: string; done: boolean };

/** A fault that waits for requests. */
export interface PlannedFault {
  /** Any where null. */
  method: string | null;
  /** How the path ends, without its query. */
  path: string;
  times: number;
  fault: RequestFault;
}

/** Faults in the order in which they were planned; each waits for the requests that it is for. */
export class Faults {
  readonly #planned: PlannedFault[] = [];

  plan(fault: PlannedFault): void {
    this.#planned.push(fault);
  }

  /** Gives the fault of a request; null where nothing goes wrong. */
  take(method: string, path: string): RequestFault | null {
    const isMeant = (each: PlannedFault): boolean =>
      each.times > 0 && (each.method ?? method) === method && path.endsWith(each.path);
    const planned = this.#planned.find(isMeant);
    if (!planned) return null;
    planned.times -= 1;
    return planned.fault;
  }

  clear(): void {
    this.#planned.length = 0;
  }
}
