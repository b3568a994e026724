import type { Book } from './book.ts';
import type { Callbacks } from './callbacks.ts';
import { type ControlSetting, isCount, numberSetting } from './control-setting.ts';
import type { Vendor, VendorAnswer, VendorRequest, VendorRoute } from './dialect.ts';
import type { Endings } from './endings.ts';
import type { Faults, PlannedFault, RequestFault } from './faults.ts';
import type { RequestLimit } from './limit.ts';
import type { Pace } from './pace.ts';

/** What can be steered from outside the vendor's wire. */
export interface Controlled {
  book: Book;
  pace: Pace;
  callbacks: Callbacks;
  faults: Faults;
  limit: RequestLimit;
  endings: Endings;
  vendor: Vendor;
}

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const fieldsOf = ({ body }: VendorRequest): Fields => (isObject(body) ? body : {});
const wrong = (error: string): VendorAnswer => ({ status: 400, body: { error } });
const DONE: VendorAnswer = { status: 204 };

/** Reads a fault; null where it is none. */
function readFault({ kind, ms, status, body, done = false }: Fields): RequestFault | null {
  if (kind === 'cut_before' || kind === 'cut_after' || kind === 'cut_amid' || kind === 'twice') return { kind };
  if ((kind === 'delay' || kind === 'slow') && isCount(ms)) return { kind, ms };
  if (typeof done !== 'boolean') return null;
  if (kind === 'refuse' && (status === 429 || status === 503)) return { kind, status, done };
  if (kind === 'answer' && isCount(status) && typeof body === 'string') return { kind, status, body, done };
  return null;
}

function readPlannedFault(fields: Fields): PlannedFault | null {
  const { method = null, path = '', times = 1 } = fields;
  const fault = readFault(fields);
  if (!fault || !isCount(times) || typeof path !== 'string') return null;
  return method === null || typeof method === 'string' ? { method, path, times, fault } : null;
}

const isSpeed = (value: unknown): boolean => typeof value === 'number' && value > 0;

function settingsOf({ book, pace, limit, callbacks, vendor }: Controlled): Readonly<Record<string, ControlSetting>> {
  const { balance } = book;
  return {
    /** What is left in the account, in minor units. */
    balance: numberSetting(
      () => balance.available,
      (value) => (balance.available = value),
    ),
    /** How many times faster than the vendor. */
    speed: numberSetting(
      () => pace.speed,
      (value) => (pace.speed = value),
      isSpeed,
    ),
    /** 0: as many as come. */
    requests_per_second: numberSetting(
      () => limit.per_second,
      (value) => (limit.per_second = value),
    ),
    callback_delay_ms: numberSetting(
      () => callbacks.delay_ms,
      (value) => (callbacks.delay_ms = value),
    ),
    callback_times: numberSetting(
      () => callbacks.times,
      (value) => (callbacks.times = value),
    ),
    /** Where to, of vendors that are told so in their dashboard; null for nowhere. */
    callback_url: {
      read: () => callbacks.url,
      write: (value) => {
        if (value !== null && !(typeof value === 'string' && URL.canParse(value))) return false;
        callbacks.url = value;
        return true;
      },
    },
    ...vendor.settings,
  };
}

/** Changes the settings that are named, up to the first that cannot be so. @returns what is wrong with it */
function writeSettings(settings: Readonly<Record<string, ControlSetting>>, fields: Fields): string | null {
  for (const [name, value] of Object.entries(fields)) {
    if (!settings[name]?.write(value)) return `${name} cannot be ${JSON.stringify(value)}`;
  }
  return null;
}

/** Gives the routes under `/_control`, which no vendor has. */
export function controlRoutes(of: Controlled): Readonly<Record<string, VendorRoute>> {
  const { book, faults, endings, vendor } = of;
  const settings = settingsOf(of);
  const readSettings = (): object =>
    Object.fromEntries(Object.entries(settings).map(([name, { read }]) => [name, read()]));
  return {
    'GET /orders': () => ({ status: 200, body: { balance: book.balance, orders: book.list() } }),
    'POST /orders/{id}': (request) => {
      const order = book.find(Number(request.places['id']));
      if (!order) return { status: 404, body: { error: 'there is no such order' } };
      const { ending } = fieldsOf(request);
      if (typeof ending !== 'string' || !vendor.end(order, ending)) return wrong('it cannot end so');
      return { status: 200, body: order };
    },
    'POST /endings': (request) => {
      const { ending, times = 1 } = fieldsOf(request);
      if (typeof ending !== 'string' || !isCount(times)) return wrong('ending is a text, times a number');
      endings.plan(ending, times);
      return DONE;
    },
    'DELETE /endings': () => {
      endings.clear();
      return DONE;
    },
    'POST /faults': (request) => {
      const planned = readPlannedFault(fieldsOf(request));
      if (!planned) return wrong('this is no fault');
      faults.plan(planned);
      return DONE;
    },
    'DELETE /faults': () => {
      faults.clear();
      return DONE;
    },
    'GET /settings': () => ({ status: 200, body: readSettings() }),
    'PATCH /settings': (request) => {
      const complaint = writeSettings(settings, fieldsOf(request));
      return complaint === null ? { status: 200, body: readSettings() } : wrong(complaint);
    },
  };
}
