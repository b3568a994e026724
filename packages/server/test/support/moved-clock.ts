import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

// Loaded before a server of the tests: its clock is ahead of the machine's, and with it that of the embedded database.
const ahead_ms = Number(process.env['CLOCK_AHEAD_MS']);
const machine = Date;
const now = (): number => machine.now() + ahead_ms;

globalThis.Date = new Proxy(machine, {
  apply: () => new Date().toString(),
  construct: (target, args, made) => Reflect.construct(target, args.length > 0 ? args : [now()], made),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});

// What asks the machine without Date.
const { randomUUIDv7 } = crypto;
crypto.randomUUIDv7 = (options) => {
  const time = now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}${randomUUIDv7(options).slice(13)}` as ReturnType<typeof randomUUIDv7>;
};
syncBuiltinESMExports();
