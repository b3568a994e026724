import type { Book } from './book.ts';
import type { Callbacks } from './callbacks.ts';
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
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const wrong = (error: string): VendorAnswer => ({ status: 400, body: { error } });
const DONE: VendorAnswer = { status: 204 };

/** Reads a fault; null where it is none. */
function readFault({ kind, ms, status, body, done = false }: Fields): RequestFault | null {
  if (kind === 'cut_before' || kind === 'cut_after' || kind === 'cut_amid') return { kind };
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

/** A setting that can be read and changed while the simulator runs. */
interface ControlSetting {
  read: (of: Controlled) => number;
  takes: (value: unknown) => value is number;
  write: (of: Controlled, value: number) => void;
}

const isSpeed = (value: unknown): value is number => typeof value === 'number' && value > 0;

const SETTINGS: Readonly<Record<string, ControlSetting>> = {
  /** What is left in the account, in minor units. */
  balance: {
    read: ({ book }) => book.balance.available,
    takes: isCount,
    write: ({ book }, value) => {
      book.balance.available = value;
    },
  },
  /** How many times faster than the vendor. */
  speed: {
    read: ({ pace }) => pace.speed,
    takes: isSpeed,
    write: ({ pace }, value) => {
      pace.speed = value;
    },
  },
  /** 0: as many as come. */
  requests_per_second: {
    read: ({ limit }) => limit.per_second,
    takes: isCount,
    write: ({ limit }, value) => {
      limit.per_second = value;
    },
  },
  callback_delay_ms: {
    read: ({ callbacks }) => callbacks.delay_ms,
    takes: isCount,
    write: ({ callbacks }, value) => {
      callbacks.delay_ms = value;
    },
  },
  callback_times: {
    read: ({ callbacks }) => callbacks.times,
    takes: isCount,
    write: ({ callbacks }, value) => {
      callbacks.times = value;
    },
  },
};

const readSettings = (of: Controlled): object =>
  Object.fromEntries(Object.entries(SETTINGS).map(([name, { read }]) => [name, read(of)]));

/** Changes the settings that are named, up to the first that cannot be so. @returns what is wrong with it */
function writeSettings(of: Controlled, fields: Fields): string | null {
  for (const [name, value] of Object.entries(fields)) {
    const setting = SETTINGS[name];
    if (!setting?.takes(value)) return `${name} cannot be ${JSON.stringify(value)}`;
    setting.write(of, value);
  }
  return null;
}

/** Gives the routes under `/_control`, which no vendor has. */
export function controlRoutes(of: Controlled): Readonly<Record<string, VendorRoute>> {
  const { book, faults, endings, vendor } = of;
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
    'GET /settings': () => ({ status: 200, body: readSettings(of) }),
    'PATCH /settings': (request) => {
      const complaint = writeSettings(of, fieldsOf(request));
      return complaint === null ? { status: 200, body: readSettings(of) } : wrong(complaint);
    },
  };
}
