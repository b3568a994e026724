import { connect, type Socket } from 'node:net';
import { createAnswerReader, type Expected } from './answer-reader.ts';

/** Filled by one socket and read at once, before another may use it. */
const SHARED = Buffer.allocUnsafe(256 * 1024);

/** One keep-alive connection: a request, its answer, the next request. */
export interface Connection {
  /** Where its requests are written. */
  bytes: Buffer;
  send: (length: number) => void;
  close: () => void;
}

/**
 * @param to where, and from which address
 * @param size most bytes of a request
 * @param onAnswer told of each answer that is one of those expected
 * @param onFailure told of any other, and when the connection breaks
 */
export function openConnection(
  to: { port: number; localAddress?: string },
  size: number,
  expected: readonly Expected[],
  onAnswer: (connection: Connection, answer: Expected) => void,
  onFailure: (error: Error) => void,
): Promise<Connection> {
  const read = createAnswerReader(...expected);
  const { promise, resolve } = Promise.withResolvers<Connection>();
  const onBytes = (length: number): boolean => {
    try {
      const answer = read(SHARED.subarray(0, length));
      if (answer) onAnswer(connection, answer);
    } catch (error) {
      onFailure(error as Error);
    }
    return true;
  };
  const socket: Socket = connect({
    host: '127.0.0.1',
    ...to,
    noDelay: true,
    onread: { buffer: SHARED, callback: onBytes },
  });
  const connection: Connection = {
    bytes: Buffer.alloc(size),
    send: (length) => socket.write(connection.bytes.subarray(0, length)),
    close: () => {
      socket.removeAllListeners('close');
      socket.destroy();
    },
  };
  socket.once('connect', () => resolve(connection));
  socket.on('error', onFailure);
  socket.once('close', () => onFailure(new Error('the server closed a connection')));
  return promise;
}
