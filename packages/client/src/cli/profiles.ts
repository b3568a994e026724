import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** A server, and who somebody is there. */
export interface Profile {
  url: string;
  client_id?: string;
  client_secret?: string;
  /** The operator's. */
  admin_token?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Tells where this platform keeps the configuration of programs. */
function configurationFolder(env: Environment): string {
  if (process.platform === 'win32') return env['APPDATA'] || join(homedir(), 'AppData/Roaming');
  const home = env['HOME'] || homedir();
  if (process.platform === 'darwin') return join(home, 'Library/Application Support');
  return env['XDG_CONFIG_HOME'] || join(home, '.config');
}

/** The profiles of a user of this machine, in a file that only they may read. */
export class Profiles {
  readonly path: string;

  constructor(env: Environment) {
    this.path = join(configurationFolder(env), 'opentopup', 'profiles.json');
  }

  all(): Record<string, Profile> {
    try {
      return JSON.parse(readFileSync(this.path, 'utf8')) as Record<string, Profile>;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw error;
    }
  }

  get(name: string): Profile | undefined {
    const all = this.all();
    return Object.hasOwn(all, name) ? all[name] : undefined;
  }

  set(name: string, profile: Profile): void {
    this.#write({ ...this.all(), [name]: profile });
  }

  /** @returns whether there was one */
  remove(name: string): boolean {
    const { [name]: removed, ...others } = this.all();
    if (removed) this.#write(others);
    return removed !== undefined;
  }

  /** Whole or not at all. */
  #write(profiles: Record<string, Profile>): void {
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
    const draft = `${this.path}.new`;
    writeFileSync(draft, `${JSON.stringify(profiles, null, 2)}\n`, { mode: 0o600 });
    chmodSync(draft, 0o600);
    renameSync(draft, this.path);
  }
}
