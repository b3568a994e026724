import type { Locale } from '@opentopup/client/cli/locale';

const en = {
  about: 'Let an assistant read stock and sell, as one of your agents (Model Context Protocol)',
  http: 'Serve over HTTP on this port of this machine; without it, over stdin and stdout',
  live: 'Let a live agent sell for real; without it, only one of a sandbox',
  noAgent: 'These are not the credentials of an agent. Make one: opentopup agents create.',
  needsLive: 'This agent sells for real. If you want that, say --live.',
  ready: (url: string) => `Ready at ${url}`,
  token: (token: string, name: string) => `Bearer token of this run: ${token} (or set ${name})`,
};

const fr: typeof en = {
  about: 'Laisser un assistant lire le stock et vendre, comme un de vos agents (Model Context Protocol)',
  http: 'Servir en HTTP sur ce port de cette machine ; sinon par stdin et stdout',
  live: "Laisser un agent réel vendre pour de bon ; sinon, seulement un agent d'un bac à sable",
  noAgent: "Ce n'est pas l'identification d'un agent. Créez-en un : opentopup agents create.",
  needsLive: "Cet agent vend pour de bon. Si c'est ce que vous voulez, ajoutez --live.",
  ready: (url) => `Prêt à ${url}`,
  token: (token, name) => `Jeton de cette exécution : ${token} (ou définissez ${name})`,
};

/** What people read of `mcp`, by language. */
export const MCP_WORDS: Readonly<Record<Locale['language'], typeof en>> = { en, fr };
