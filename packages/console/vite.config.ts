import { defineConfig } from 'vite';

/** Where a server runs while one works on the console. */
const server = process.env['OPENTOPUP'] ?? 'http://127.0.0.1:8080';
const API = ['/accounts/v1', '/v1', '/admin/v1', '/distributors', '/countries', '/currencies', '/live'];

export default defineConfig({
  root: import.meta.dirname,
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    target: 'es2022',
    // A data: address would need a looser Content-Security-Policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: { proxy: Object.fromEntries(API.map((path) => [path, server])) },
});
