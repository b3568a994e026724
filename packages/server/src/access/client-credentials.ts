import type { FastifyRequest } from 'fastify';
import { fail } from '../http/refusal-error.ts';

/** What a client says who it is with. */
export interface ClientCredentials {
  id: string;
  secret: string;
}

/** The parameters of a form, as it was read. */
type Form = Readonly<Record<string, unknown>>;

/** Reads the id and secret of an `Authorization: Basic` header, each form-encoded first. */
function inHeader(header: string): ClientCredentials | null {
  const encoded = /^Basic +([A-Za-z0-9+/_=-]+) *$/i.exec(header)?.[1] ?? '';
  const [, id, secret] =
    /^([\x20-\x39\x3b-\x7e]+):([\x20-\x7e]+)$/.exec(Buffer.from(encoded, 'base64').toString('latin1')) ?? [];
  try {
    const decode = (part: string): string => decodeURIComponent(part.replaceAll('+', ' '));
    return id && secret ? { id: decode(id), secret: decode(secret) } : null;
  } catch {
    return null;
  }
}

function inForm({ client_id, client_secret }: Form): ClientCredentials | null {
  const isText = typeof client_id === 'string' && typeof client_secret === 'string';
  return isText ? { id: client_id, secret: client_secret } : null;
}

/** Returns the id with which a client asks, rightly or not; empty where it gives none. */
export function clientIdOf({ headers: { authorization }, body }: FastifyRequest): string {
  if (authorization) return inHeader(authorization)?.id ?? '';
  const { client_id } = (body ?? {}) as Form;
  return typeof client_id === 'string' ? client_id : '';
}

/**
 * Reads the credentials of a client from the header of its request or, for those that cannot send one, from its form,
 * but not from both (RFC 6749, 2.3 and 2.3.1). Null where they cannot be anybody's.
 */
export function clientCredentialsOf(
  { headers: { authorization } }: FastifyRequest,
  form: Form,
): ClientCredentials | null {
  const { client_id, client_secret } = form;
  if (!authorization && client_id === undefined && client_secret === undefined) {
    fail('missing_credentials', { oauth_error: 'invalid_client' });
  }
  const given = authorization ? inHeader(authorization) : inForm(form);
  if (authorization && (client_secret !== undefined || (client_id !== undefined && client_id !== given?.id))) {
    const field = client_secret === undefined ? 'client_id' : 'client_secret';
    const detail = 'the Authorization header says already who asks';
    fail('invalid_body_field', { field, detail, oauth_error: 'invalid_request' });
  }
  // No client's id has a NUL, and PostgreSQL cannot even be asked for one.
  return given?.id.includes('\0') ? null : given;
}

/** Reads the parameters of a form: each once, and one without a value counts as not given (RFC 6749, 3.2). */
export function formParametersOf(body: unknown): Form {
  const form = Object.entries((body ?? {}) as Form).filter(([, value]) => value !== '');
  const [twice] = form.find(([, value]) => Array.isArray(value)) ?? [];
  if (twice !== undefined) {
    fail('invalid_body_field', { field: twice, detail: 'given more than once', oauth_error: 'invalid_request' });
  }
  return Object.fromEntries(form);
}
