/** An answer that is longer than anybody needs. */
export class TooLong extends Error {
  override readonly name = 'TooLong';
}

/**
 * Reads an answer from outside while it comes, and not a byte more than `most`: whoever sends it decides how long it is.
 * Unpacked bytes count, so that one that was compressed cannot be longer either.
 * @throws TooLong; by then the connection on which it comes is closed
 */
export async function readAtMost(chunks: AsyncIterable<Uint8Array> | null, most: number): Promise<Buffer> {
  const read: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks ?? []) {
    bytes += chunk.byteLength;
    if (bytes > most) throw new TooLong(`its answer has more than ${most} bytes`);
    read.push(chunk);
  }
  return Buffer.concat(read);
}
