/** The header that a request with a session has to bring when it changes something. */
export const CSRF_HEADER = 'X-OpenTopup-Console';

/** Its value where nobody is at the page: such a request does not make the session last longer. Any other says nothing. */
export const UNATTENDED = 'unattended';
