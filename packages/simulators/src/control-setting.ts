/** A setting that can be read and changed while the simulator runs. */
export interface ControlSetting {
  read: () => unknown;
  /** @returns false where it cannot be so */
  write: (value: unknown) => boolean;
}

export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** A setting that is a number. */
export const numberSetting = (
  read: () => number,
  write: (value: number) => void,
  takes: (value: unknown) => boolean = isCount,
): ControlSetting => ({
  read,
  write: (value) => {
    if (!takes(value)) return false;
    write(Number(value));
    return true;
  },
});
