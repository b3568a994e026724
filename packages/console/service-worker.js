// Opens the console where there is no network, to say so. It keeps the program alone, never an answer of the server: a page
// is always asked for first, so that none is older than the server.

/** The files that show the first page, first the program's own; their names tell their content. */
const SHELL = self.FILES_OF_THE_SHELL;
const PAGE = '/';
const KEPT = `shell ${SHELL.join(' ')}`;

async function keepShell() {
  const cache = await caches.open(KEPT);
  const page = await fetch(PAGE);
  const html = await page.clone().text();
  // While processes are replaced one by one, another version may answer. The browser tries again later.
  if (!page.ok || !html.includes(SHELL[0])) throw new Error('the page is of another version');
  await Promise.all([cache.addAll(SHELL), cache.put(PAGE, page)]);
  await self.skipWaiting();
}

async function forgetOthers() {
  for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
  await self.clients.claim();
}

const kept = async (path) => (await (await caches.open(KEPT)).match(path)) ?? Response.error();

self.addEventListener('install', (event) => event.waitUntil(keepShell()));
self.addEventListener('activate', (event) => event.waitUntil(forgetOthers()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => kept(PAGE)));
  else if (origin === location.origin && SHELL.includes(pathname)) {
    event.respondWith(fetch(request).catch(() => kept(pathname)));
  }
});
