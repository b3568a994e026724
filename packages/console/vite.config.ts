import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

/** Where a server runs while one works on the console. */
const server = process.env['OPENTOPUP'] ?? 'http://127.0.0.1:8080';
const API = ['/accounts/v1', '/v1', '/admin/v1', '/distributors', '/countries', '/currencies', '/live'];

/** A picture by its file, how wide it is, and whether a device may cut it to its own shape. */
const ICONS = [
  ['icon-192.png', 192, 'any'],
  ['icon-512.png', 512, 'any'],
  ['icon-maskable-512.png', 512, 'maskable'],
] as const;

const here = import.meta.dirname;
const fileOf = (...path: string[]): string => join(here, ...path);

/** Makes what a device needs to install the console, and to open it without a network. */
const installable: Plugin = {
  name: 'installable',
  enforce: 'post',
  generateBundle(_, bundle) {
    const icons = ICONS.map(([name, size, purpose]) => {
      const source = readFileSync(fileOf('src/icons', name));
      const src = `/${this.getFileName(this.emitFile({ type: 'asset', name, source }))}`;
      return { src, sizes: `${size}x${size}`, type: 'image/png', purpose };
    });
    const manifest = JSON.parse(readFileSync(fileOf('src/manifest.json'), 'utf8')) as object;
    const fileName = 'manifest.webmanifest';
    this.emitFile({ type: 'asset', fileName, source: JSON.stringify({ ...manifest, icons }) });

    const chunks = Object.values(bundle).filter((each) => each.type === 'chunk');
    const shell = new Set<string>();
    const add = (name: string): void => {
      if (shell.has(name)) return;
      shell.add(name);
      const chunk = chunks.find((each) => each.fileName === name);
      for (const of of chunk?.imports ?? []) add(of);
      for (const style of chunk?.viteMetadata?.importedCss ?? []) shell.add(style);
      for (const picture of chunk?.viteMetadata?.importedAssets ?? []) shell.add(picture);
    };
    const languages = [fileOf('src/language/fr.ts'), fileOf('src/language/en.ts')];
    for (const each of chunks) if (each.isEntry) add(each.fileName);
    for (const each of chunks) if (languages.includes(each.facadeModuleId ?? '')) add(each.fileName);
    const files = JSON.stringify([...shell].map((name) => `/${name}`));
    const worker = readFileSync(fileOf('service-worker.js'), 'utf8').replace('self.FILES_OF_THE_SHELL', files);
    this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: worker });
  },
};

export default defineConfig({
  root: here,
  oxc: { jsx: { runtime: 'automatic' } },
  plugins: [installable],
  build: {
    target: 'es2022',
    // A data: address would need a looser Content-Security-Policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: { proxy: Object.fromEntries(API.map((path) => [path, server])) },
});
