/** ZIP (APPNOTE.TXT, 4.3): the end of the directory, and an entry of it. */
const END = Buffer.from('PK\x05\x06', 'latin1');
const ENTRY_BYTES = 46;
/** An empty file deflates to so much; one that says it is empty and takes more does not say how large it is. */
const EMPTY_BYTES = 2;

/**
 * Reads how many bytes a ZIP archive says that it unpacks to, before any is unpacked; the reader holds it to that.
 * @returns Infinity where it does not say
 * @throws RangeError for what is no archive
 */
export function unpackedSize(archive: Buffer): number {
  const end = archive.lastIndexOf(END);
  let at = archive.readUInt32LE(end + 16);
  let size = 0;
  for (let entries = archive.readUInt16LE(end + 10); entries > 0; entries--) {
    const unpacked = archive.readUInt32LE(at + 24);
    if (unpacked === 0 && archive.readUInt32LE(at + 20) > EMPTY_BYTES) return Number.POSITIVE_INFINITY;
    size += unpacked;
    at += ENTRY_BYTES + archive.readUInt16LE(at + 28) + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return size;
}
