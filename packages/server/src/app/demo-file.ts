import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Demo } from './make-demo.ts';

/** `DATA_DIR/demo.json`: where the demo listens, and all it takes to try it. Tools and tests read it. */
export interface DemoFile extends Demo {
  base_url: string;
  admin_token: string;
}

const pathIn = (folder: string): string => join(folder, 'demo.json');

/** Reads the file as an earlier start left it; null when there is none. */
export function readDemoFile(folder: string): DemoFile | null {
  const path = pathIn(folder);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as DemoFile) : null;
}

/** Writes the file whole or not at all, for its owner only: it holds secrets. */
export function writeDemoFile(folder: string, demo: DemoFile): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${pathIn(folder)}.new`;
  writeFileSync(draft, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, pathIn(folder));
}
