import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A package of others that is in what is released. */
export interface Part {
  name: string;
  version: string;
  /** SPDX expression, as it says itself. */
  licence: string;
  /** Where it is installed here. */
  folder: string;
}

/** What the file `LICENSE` says of packages whose manifest does not. */
const SAID_IN_FILE: Readonly<Record<string, string>> = { 'png-js': 'MIT' };

/** A package that another one needs, whose folder is told from the root. */
interface Need {
  name: string;
  folder: string;
}

/** Finds where a package is installed that one in this folder imports, as Node.js does; null where it is not. */
function installedAt(name: string, from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(join(found, 'package.json'))) return found;
    if (folder === dirname(folder)) return null;
  }
}

/** Finds packages with all that they need, each once, in the order of their names. */
export function findParts(root: string, needed: readonly Need[]): Part[] {
  const parts = new Map<string, Part>();
  const open = needed.map(({ name, folder }) => ({ name, from: join(root, folder) }));
  for (const { name, from } of open) {
    const folder = installedAt(name, from);
    // What is optional, or for another system, is not installed.
    if (folder === null || parts.has(folder)) continue;
    const {
      version,
      license = SAID_IN_FILE[name],
      dependencies = {},
    } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      version: string;
      license?: string;
      dependencies?: Record<string, string>;
    };
    if (license === undefined) throw new Error(`${name} ${version} says nothing of its licence.`);
    parts.set(folder, { name, version, licence: license, folder });
    open.push(...Object.keys(dependencies).map((each) => ({ name: each, from: folder })));
  }
  return [...parts.values()].toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Writes what the licences of these packages ask to be passed on. */
export function licenceTexts(parts: readonly Part[]): string {
  const texts = parts.map(({ name, version, licence, folder }) => {
    const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
    const words = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
    return [`${name} ${version} (${licence})`, ...words].join('\n\n');
  });
  return `${texts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/**
 * Writes the bill of materials of a package.
 * @see https://cyclonedx.org/docs/1.6/json/
 */
export function billOfMaterials(of: { name: string; version: string }, parts: readonly Part[]): object {
  const purl = (name: string, version: string): string => `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const ref = purl(of.name, of.version);
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': ref, purl: ref, ...of } },
    components: parts.map(({ name, version, licence }) => ({
      type: 'library',
      'bom-ref': purl(name, version),
      purl: purl(name, version),
      name,
      version,
      licenses: [{ expression: licence }],
    })),
  };
}
