/** An answer over HTTP, read. */
export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed where it is JSON; tests look into it freely. */
  body: any;
}

/** An answer with its body. */
export async function read(response: Response): Promise<Answer> {
  // A stream has no end to wait for.
  if (response.headers.get('content-type') === 'text/event-stream') {
    await response.body?.cancel();
    return { status: response.status, headers: response.headers, body: '' };
  }
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}
