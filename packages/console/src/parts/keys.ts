/** How soon after the last one a key comes that a scanner types, in milliseconds: no person is that fast. */
const SCAN_MS = 60;

const hasModifier = (event: KeyboardEvent): boolean => event.ctrlKey || event.metaKey || event.altKey;

/** Tells keys that a person presses from those of a scanner, which types a whole code and Enter at once. */
export class Keys {
  readonly #onPressed: (key: string) => void;
  readonly #onScanned: (code: string) => void;
  #text = '';
  #at: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param onPressed told of a key by itself, once nothing has followed it
   * @param onScanned told of a code, without its Enter
   * @param at when there was a key before, in milliseconds since the page began
   */
  constructor(onPressed: (key: string) => void, onScanned: (code: string) => void, at = Number.NEGATIVE_INFINITY) {
    this.#at = at;
    this.#onPressed = onPressed;
    this.#onScanned = onScanned;
  }

  /** Takes a key; true where it belongs to a code, and must do nothing of its own. */
  take(event: KeyboardEvent): boolean {
    if (hasModifier(event) || (event.key.length > 1 && event.key !== 'Enter')) return false;
    const isCode = event.timeStamp - this.#at < SCAN_MS;
    this.#at = event.timeStamp;
    if (event.key === 'Enter') {
      if (isCode) this.#tell();
      return isCode;
    }
    this.#text = isCode ? this.#text + event.key : event.key;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(), SCAN_MS);
    return isCode;
  }

  /** Forgets what was typed. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#text = '';
  }

  #tell(): void {
    const text = this.#text;
    this.stop();
    if (text.length === 1) this.#onPressed(text);
    if (text.length > 1) this.#onScanned(text);
  }
}
