import { crc32, deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readLogo } from './logo.rules.ts';

const chunk = (type: string, data: Buffer): Buffer => {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(typed), 4);
  return Buffer.concat([frame.subarray(0, 4), typed, frame.subarray(4)]);
};
const head = (width: number, height: number): Buffer => {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([8, 0], 8);
  return chunk('IHDR', data);
};
const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const DATA = chunk('IDAT', deflateSync(Buffer.from([0, 255])));
const END = chunk('IEND', Buffer.alloc(0));
const png = (...chunks: Buffer[]): Buffer => Buffer.concat([SIGNATURE, ...chunks]);
const read = (file: Buffer) => readLogo(file.toString('base64'), { bytes: 32_768, width: 1_200, height: 600 });

it('a logo is a small PNG, of which nothing is kept but the picture', () => {
  const plain = png(head(1, 1), DATA, END);
  expect(read(plain)).toEqual({ ok: true, png: plain });
  const more = png(
    head(1, 1),
    chunk('tEXt', Buffer.from('Author\0Ann')),
    chunk('eXIf', Buffer.from('48.8 N')),
    DATA,
    END,
  );
  expect(read(Buffer.concat([more, Buffer.from('<script>')]))).toEqual({ ok: true, png: plain });
});

it.each<[string, Buffer, RegExp]>([
  ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), /no PNG/],
  ['JPEG', Buffer.from('ffd8ffe000104a464946', 'hex'), /no PNG/],
  ['nothing', Buffer.alloc(0), /no PNG/],
  ['cut off', png(head(1, 1), DATA), /damaged/],
  ['changed', png(head(1, 1), Buffer.concat([DATA.subarray(0, -1), Buffer.from([7])]), END), /damaged/],
  ['without a picture', png(head(1, 1), END), /damaged/],
  ['without a head', png(DATA, END), /damaged/],
  [
    'of a length that is not there',
    png(head(1, 1), Buffer.from('7fffffff49444154', 'hex'), Buffer.alloc(4)),
    /damaged/,
  ],
  ['too wide', png(head(1_201, 1), DATA, END), /1200 by 600/],
  ['too high', png(head(1, 601), DATA, END), /1200 by 600/],
  ['empty', png(head(0, 1), DATA, END), /1200 by 600/],
  ['too large', png(head(1, 1), chunk('IDAT', Buffer.alloc(32_768)), END), /32768 bytes/],
])('a logo is refused where it is %s', (_, file, detail) => {
  expect(read(file)).toEqual({ ok: false, detail: expect.stringMatching(detail) });
});
