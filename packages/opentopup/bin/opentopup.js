#!/usr/bin/env node
// Finds a Node.js that is new enough before anything that an old one cannot read is loaded.
import { spawn } from 'node:child_process';
import module, { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const needed = 24;
const { versions, platform, arch } = process;

/** The Node.js that npm has installed beside this, where there is one. */
function packagedNode() {
  const [system, file] = platform === 'win32' ? ['win', 'node.exe'] : [platform, 'node'];
  try {
    return createRequire(import.meta.url).resolve(`node-${system}-${arch}/bin/${file}`);
  } catch {
    return undefined;
  }
}

/** Runs this under another Node.js, as if it were this process. Ctrl+C reaches both, so it is not passed on. */
function runUnder(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

if (Number(versions.node.split('.')[0]) >= needed) {
  // What was compiled once is not compiled again; for this user alone, as it is run without being looked at.
  module.enableCompileCache?.(join(homedir(), '.cache', 'opentopup'));
  await import('#main');
} else {
  const node = packagedNode();
  if (node) runUnder(node);
  else {
    console.error(
      `opentopup needs Node.js ${needed} or later; this is ${versions.node}. Get it from https://nodejs.org.`,
    );
    process.exit(1);
  }
}
