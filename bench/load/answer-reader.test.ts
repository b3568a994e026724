import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnswerReader } from './answer-reader.ts';

const SOLD = { status: 201, holds: '"status":"ok"' };
const answer = (status: string, body: string): Buffer =>
  Buffer.from(`HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
const sold = answer('201 Created', '{"id":"1","status":"ok"}');

describe('an answer', () => {
  it('is whole exactly when its last byte has come, however it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(sold.length), { maxLength: 6 }), (cuts) => {
        const read = createAnswerReader(SOLD);
        for (let answers = 0; answers < 2; answers += 1) {
          const edges = [0, ...cuts.toSorted((a, b) => a - b), sold.length];
          const whole = edges.slice(1).map((edge, i) => read(sold.subarray(edges[i], edge)) === SOLD);
          const lastByteIn = edges.slice(1).map((edge, i) => edge === sold.length && edges[i] !== sold.length);
          expect(whole).toEqual(lastByteIn);
        }
      }),
    );
  });

  it('counts only when it says that the unit is sold', () => {
    const read = createAnswerReader(SOLD);
    expect(() => read(answer('201 Created', '{"status":"pending"}'))).toThrow('pending');
    expect(() => read(answer('400 Bad Request', '{"reason":"bucket_empty"}'))).toThrow('bucket_empty');
    expect(() => read(answer('200 OK', '{"status":"ok"}'))).toThrow('200 OK');
  });

  it('is told from others that are expected too', () => {
    const busy = { status: 503, holds: '"over_capacity"' };
    const read = createAnswerReader(SOLD, busy);
    expect(read(answer('503 Service Unavailable', '{"reason":"over_capacity"}'))).toBe(busy);
    expect(read(sold)).toBe(SOLD);
    expect(() => read(answer('503 Service Unavailable', '{"reason":"service_unavailable"}'))).toThrow('unavailable');
  });

  it('with more behind it than was asked for is refused', () => {
    expect(() => createAnswerReader(SOLD)(Buffer.concat([sold, sold]))).toThrow('HTTP/1.1 201');
  });

  it('whose length is not told is refused', () => {
    const chunked = Buffer.from('HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n"status":"ok"');
    expect(() => createAnswerReader(SOLD)(chunked)).toThrow('chunked');
  });
});
