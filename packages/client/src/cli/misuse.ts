/** Called in a way that cannot work. The message is in the user's language. */
export class Misuse extends Error {
  override readonly name = 'Misuse';
}
