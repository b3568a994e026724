import { crc32 } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
/** What a picture needs (PNG, 5.6). Texts, places where it was taken and what moves are left out. */
const KEPT = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);
/** The length and the type before the data of a chunk, and its checksum behind. */
const FRAME_BYTES = 12;

export type ReadLogo = { ok: true; png: Buffer } | { ok: false; detail: string };

const refused = (detail: string): ReadLogo => ({ ok: false, detail });
const NO_PNG = refused('this is no PNG');

/** Splits a PNG into its chunks, each with its frame; null where it is damaged. */
function chunksOf(png: Buffer): { type: string; bytes: Buffer }[] | null {
  const chunks: { type: string; bytes: Buffer }[] = [];
  for (let at = SIGNATURE.length; at < png.length; ) {
    if (png.length - at < FRAME_BYTES) return null;
    const end = at + FRAME_BYTES + png.readUInt32BE(at);
    if (end > png.length || crc32(png.subarray(at + 4, end - 4)) !== png.readUInt32BE(end - 4)) return null;
    const type = png.toString('latin1', at + 4, at + 8);
    chunks.push({ type, bytes: png.subarray(at, end) });
    at = end;
    if (type === 'IEND') break;
  }
  return chunks.at(-1)?.type === 'IEND' ? chunks : null;
}

/** How large a logo may be, in bytes and in pixels. */
interface LogoLimits {
  bytes: number;
  width: number;
  height: number;
}

/** Reads a logo: a PNG that is small enough. Nothing else is taken, for other pictures may hold scripts or addresses. */
export function readLogo(base64: string, most: LogoLimits): ReadLogo {
  const file = Buffer.from(base64, 'base64');
  if (file.length > most.bytes) return refused(`${most.bytes} bytes at most`);
  if (!file.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return NO_PNG;
  const chunks = chunksOf(file);
  const [head] = chunks ?? [];
  if (!chunks || head?.type !== 'IHDR' || head.bytes.length !== FRAME_BYTES + 13) return refused('this PNG is damaged');
  if (!chunks.some(({ type }) => type === 'IDAT')) return refused('this PNG is damaged');
  const [width, height] = [head.bytes.readUInt32BE(8), head.bytes.readUInt32BE(12)];
  if (width < 1 || height < 1 || width > most.width || height > most.height) {
    return refused(`${most.width} by ${most.height} pixels at most`);
  }
  const kept = chunks.filter(({ type }) => KEPT.has(type)).map(({ bytes }) => bytes);
  return { ok: true, png: Buffer.concat([SIGNATURE, ...kept]) };
}
