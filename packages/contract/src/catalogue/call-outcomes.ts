/** How calls of suppliers end. */
export const CALL_OUTCOMES = ['answered', 'error', 'no_answer'] as const;
