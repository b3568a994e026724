/** One difference. It is told as programs write it, so that it reads the same in every language. */
export interface Finding {
  /** Of what: `status`, `code`, a header, or where in the body, as a JSON pointer. */
  what: string;
  expected: string;
  found: string;
}
