/** The header that a request with a session has to bring when it changes something; its value does not matter. */
export const CSRF_HEADER = 'X-OpenTopup-Console';
