import { type ConnectionOptions, Operator, type ResponseEvent, TravelB2B } from '../index.ts';
import { besideWire } from '../travel-b2b.ts';
import { accessOf } from './access.ts';
import type { Locale } from './locale.ts';
import type { CliMessages } from './messages/en.ts';
import { Misuse } from './misuse.ts';
import { CommandOutput, type Io } from './output/output.ts';
import type { Profile } from './profiles.ts';

/** The options that every command takes. */
export interface GlobalOptions {
  json?: true;
  profile?: string;
  verbose?: true;
}

/** What a command works with. */
export class CliSession {
  readonly io: Io;
  readonly out: CommandOutput;
  readonly options: GlobalOptions;
  /** Ctrl+C. */
  readonly signal: AbortSignal;
  #profile: Profile | undefined;

  constructor(io: Io, locale: Locale, options: GlobalOptions, signal: AbortSignal) {
    this.io = io;
    this.out = new CommandOutput(io, locale, options.json === true);
    this.options = options;
    this.signal = signal;
  }

  get locale(): Locale {
    return this.out.locale;
  }

  get t(): CliMessages {
    return this.locale.t;
  }

  /** The same for somebody whose profile is not kept yet. */
  as(profile: Profile): CliSession {
    const session = new CliSession(this.io, this.locale, this.options, this.signal);
    session.#profile = profile;
    return session;
  }

  get #access(): Profile {
    this.#profile ??= accessOf(this.io.env, this.options.profile, this.t);
    return this.#profile;
  }

  /** The address of the server. */
  get url(): string {
    return this.#access.url;
  }

  /** A distributor's client. */
  client(options: Partial<ConnectionOptions> = {}): TravelB2B {
    const { url, client_id, client_secret } = this.#access;
    if (!client_id || !client_secret) throw new Misuse(this.t.access.noClient);
    return new TravelB2B({
      ...this.#connection(url),
      ...options,
      clientId: client_id,
      clientSecret: client_secret,
    });
  }

  /** The operator. */
  operator(options: Partial<ConnectionOptions> = {}): Operator {
    const { url, admin_token } = this.#access;
    if (!admin_token) throw new Misuse(this.t.access.noAdminToken);
    const base = besideWire(url.replace(/\/+$/, ''));
    return new Operator({ ...this.#connection(base), ...options, adminToken: admin_token });
  }

  /** Whether somebody is there to be asked. */
  get mayAsk(): boolean {
    return this.io.isTyped && this.io.stderr.isTTY && !this.out.isJson;
  }

  #connection(baseUrl: string): ConnectionOptions {
    if (!URL.canParse(baseUrl)) throw new Misuse(this.t.access.badUrl(baseUrl));
    return { baseUrl, ...(this.options.verbose && { onResponse: (event) => this.#trace(event) }) };
  }

  /** A line for each request: its route, never its address or body, which may hold a customer's number. */
  #trace({ method, path, attempt, status, error, duration_ms, requestId }: ResponseEvent): void {
    const again = attempt > 0 ? ` #${attempt + 1}` : '';
    const end = status ?? error?.name ?? '';
    this.io.stderr.write(`${method} ${path}${again} ${end} ${Math.round(duration_ms)} ms ${requestId ?? ''}\n`);
  }
}
