/** Names that more than one file may export, and why. */
export const SHARED_NAMES: Readonly<Record<string, string>> = {
  Component: 'the router loads a page by this name',
};

/** Names that still stand in several files: each waits for a word of its own. None is to be added. */
export const KNOWN_NAMES: readonly string[] = [
  'COLUMNS',
  'Decision',
  'Listener',
  'SETTINGS',
  'Sent',
  'Told',
  'Verdict',
  'deleteWebhook',
  'failureOf',
  'outcomeOf',
  'readSettings',
];
