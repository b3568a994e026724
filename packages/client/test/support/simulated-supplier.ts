import { vi } from 'vitest';
import { CommandLine } from './command-line.ts';

/** An order as a simulator of a supplier has kept it. */
export interface SimulatedOrder {
  id: number;
  reference: string;
  line: string | null;
  product: string;
  /** In minor units. */
  cost: number;
  state: 'held' | 'delivered' | 'refused' | 'reversed';
  delivered_at: string | null;
}

/** A supplier that is played by a process of its own, and may be steered. */
export class SimulatedSupplier {
  /** The base of its wire. */
  readonly baseUrl: string;
  /** What it lets in, by the names under which the command tells it. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
  readonly #control: string;

  private constructor(told: Readonly<Record<string, string>>, stop: () => Promise<void>) {
    const { BASE_URL = '', CONTROL_URL = '', ...credentials } = told;
    this.baseUrl = BASE_URL;
    this.credentials = credentials;
    this.#control = CONTROL_URL;
    this.stop = stop;
  }

  /**
   * @param speed how many times faster than the vendor's sandbox
   * @param env of its process, beside what every command has
   */
  static async start(vendor: string, speed: number, env: Record<string, string> = {}): Promise<SimulatedSupplier> {
    const somebody = await CommandLine.create(env);
    const running = somebody.start('simulate', vendor, '--speed', String(speed));
    await vi.waitFor(
      () => {
        if (!running.written().includes('CONTROL_URL=')) throw new Error(`it does not play: ${running.written()}`);
      },
      { timeout: 60_000, interval: 20 },
    );
    const lines = running.written().matchAll(/^SIMULATOR_(\w+)=(.*)$/gm);
    const told = Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]));
    return new SimulatedSupplier(told, async () => {
      running.child.kill('SIGTERM');
      await running.ended;
      await somebody.remove();
    });
  }

  get origin(): string {
    return new URL(this.baseUrl).origin;
  }

  /** Steers it: `/faults`, `/endings`, `/settings`. */
  async control(method: string, path: string, body?: object): Promise<any> {
    // A connection of its own: one that was kept may be closed by the other side in the very moment in which it is used again.
    const headers = { 'content-type': 'application/json', connection: 'close' };
    const response = await fetch(this.#control + path, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  async orders(): Promise<SimulatedOrder[]> {
    return ((await this.control('GET', '/orders')) as { orders: SimulatedOrder[] }).orders;
  }

  /** How many orders it has delivered, whatever became of them later. */
  async delivered(): Promise<number> {
    return (await this.orders()).filter(({ delivered_at }) => delivered_at !== null).length;
  }
}
