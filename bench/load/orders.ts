import { randomBytes } from 'node:crypto';

/** Whose order for what. */
export interface Target {
  token: string;
  offer_id: string;
}

/** French mobile numbers begin with +336 and one of these; the simulator sells to all that do not end in 000 to 099. */
const NEXT_DIGITS = [0, 1, 2, 4, 5, 6, 7, 8] as const;
const MIDDLES = 10_000;
const ENDINGS = 900;
const NUMBERS = NEXT_DIGITS.length * MIDDLES * ENDINGS;
/** Coprime to NUMBERS: neighbours in time are no neighbours in an index. */
const STRIDE = 31_415_927;

/** Gives the n-th number, as the 8 digits behind +336: 72 million of them before one comes again. */
export function numberAt(n: number): number {
  const at = (n * STRIDE) % NUMBERS;
  const ending = 100 + (at % ENDINGS);
  const middle = Math.floor(at / ENDINGS) % MIDDLES;
  const next = NEXT_DIGITS[Math.floor(at / ENDINGS / MIDDLES)] as number;
  return next * 10_000_000 + middle * 1_000 + ending;
}

const DIGITS = 8;
const KEY_DIGITS = 12;
const ZERO = 0x30;

function writeDigits(into: Buffer, end: number, count: number, value: number): void {
  let left = value;
  for (let i = end - 1; i >= end - count; i -= 1) {
    into[i] = ZERO + (left % 10);
    left = Math.floor(left / 10);
  }
}

/** Gives an order as it is sent; without a key where that is empty. */
export function orderText(port: number, { token, offer_id }: Target, msisdn: string, key: string): string {
  const body = JSON.stringify({ offer_id, parameters: { msisdn } });
  const head = [
    'POST /distributors/transactions HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    `Authorization: Bearer ${token}`,
    'Accept: application/json',
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    ...(key ? [`Idempotency-Key: ${key}`] : []),
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

/** Gives the request for what is at an address, as it is sent. */
export const readRequest = (port: number, token: string, path: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nAccept: application/json\r\n\r\n`;

/** Gives an order as bytes; the digits of number and key are written over for each. */
const template = (port: number, target: Target, key: string): Buffer =>
  Buffer.from(orderText(port, target, `+336${'0'.repeat(DIGITS)}`, key));

/** Orders for one unit after the other, each for another number, of targets drawn by lot. */
export interface OrderStream {
  /** Most bytes of one. */
  size: number;
  /** Writes the next order; gives its length. */
  write: (into: Buffer) => number;
}

/**
 * @param keyEvery one order in this many carries an Idempotency-Key of its own; 0: none
 * @param count tells the how manieth order of all this is, so that no number and no key comes twice
 */
export function createOrders(
  port: number,
  targets: readonly Target[],
  keyEvery: number,
  count: () => number,
): OrderStream {
  const prefix = `bench-${randomBytes(6).toString('hex')}-`;
  const plain = targets.map((target) => template(port, target, ''));
  const keyed = targets.map((target) => template(port, target, prefix + '0'.repeat(KEY_DIGITS)));
  const keyEnd = keyed.map((bytes) => bytes.indexOf('\r\n\r\n'));
  const numberEnd = (bytes: Buffer): number => bytes.lastIndexOf('"');
  const plainEnd = plain.map(numberEnd);
  const keyedEnd = keyed.map(numberEnd);

  return {
    size: Math.max(...keyed.map(({ length }) => length)),
    write(into) {
      const n = count();
      const at = targets.length === 1 ? 0 : Math.floor(Math.random() * targets.length);
      const hasKey = keyEvery > 0 && n % keyEvery === 0;
      const bytes = (hasKey ? keyed : plain)[at] as Buffer;
      bytes.copy(into);
      writeDigits(into, (hasKey ? keyedEnd : plainEnd)[at] as number, DIGITS, numberAt(n));
      if (hasKey) writeDigits(into, keyEnd[at] as number, KEY_DIGITS, n);
      return bytes.length;
    },
  };
}
