import { describe, expect, it } from 'vitest';
import { neverSent } from './never-sent.ts';

const failed = (cause: unknown): TypeError => new TypeError('fetch failed', { cause });
const coded = (code: string, more: object = {}): Error => Object.assign(new Error(code), { code, ...more });

describe('a request', () => {
  it.each([
    ['ECONNREFUSED', {}],
    ['ENOTFOUND', { syscall: 'getaddrinfo' }],
    ['EAI_AGAIN', {}],
    ['EHOSTUNREACH', { syscall: 'connect' }],
    ['ETIMEDOUT', { syscall: 'connect' }],
    ['UND_ERR_CONNECT_TIMEOUT', {}],
    ['CERT_HAS_EXPIRED', {}],
    ['ERR_TLS_CERT_ALTNAME_INVALID', {}],
  ])('that failed with %s was never sent', (code, more) => {
    expect(neverSent(failed(coded(code, more)))).toBe(true);
  });

  it.each([
    ['ECONNRESET', { syscall: 'read' }],
    ['EPIPE', { syscall: 'write' }],
    ['ETIMEDOUT', { syscall: 'read' }],
    ['EHOSTUNREACH', { syscall: 'write' }],
    ['UND_ERR_SOCKET', {}],
    ['UND_ERR_HEADERS_TIMEOUT', {}],
    ['UND_ERR_BODY_TIMEOUT', {}],
    ['ERR_SSL_WRONG_VERSION_NUMBER', {}],
  ])('that failed with %s may have been sent', (code, more) => {
    expect(neverSent(failed(coded(code, more)))).toBe(false);
  });

  it('was never sent only where no address of its name was reached', () => {
    const refused = coded('ECONNREFUSED');
    expect(neverSent(failed(new AggregateError([refused, refused])))).toBe(true);
    expect(neverSent(failed(new AggregateError([refused, coded('ECONNRESET')])))).toBe(false);
  });

  it('may have been sent where nothing is told, as in a browser', () => {
    expect(neverSent(new TypeError('Failed to fetch'))).toBe(false);
    expect(neverSent('broken')).toBe(false);
    expect(neverSent(undefined)).toBe(false);
  });
});
