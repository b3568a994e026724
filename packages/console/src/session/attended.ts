/** So long after the last touch somebody still counts as being there: to read, to serve a customer. */
const ATTENDED_MS = 5 * 60_000;
const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

// Whoever opens a page is there.
let touched_ms = Date.now();
const note = (): void => {
  touched_ms = Date.now();
};
for (const touch of TOUCHES) addEventListener(touch, note, { capture: true, passive: true });

/** Returns true while somebody is at the page. What it asks for by itself at other times does not keep the session. */
export const isAttended = (): boolean => Date.now() - touched_ms < ATTENDED_MS;
