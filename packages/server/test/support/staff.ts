import { randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { expect } from 'vitest';
import type { Answer } from './answer.ts';
import { type Browser, linkToken, openBrowser, type Person, signInAs } from './browser.ts';
import type { DemoPlace, RunningServer } from './server.ts';

/** What is said of an answer: its status, and why where it is a refusal. */
export const said = ({ status, body }: Answer): [number, string | undefined] => [status, body.reason];

let places = 0;
/** Tells where somebody calls from, as the proxy does; another place each time. */
export const elsewhere = (): Record<string, string> => {
  places += 1;
  return { 'x-forwarded-for': `198.51.100.${places}` };
};

/** Gives the code of a second factor, so many steps from now. */
export const codeAt = (secret: string, steps: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });

/** People of the demo's distributor. */
export interface Staff {
  /** Invites somebody, who takes a password of its own. */
  hire: (role: string) => Promise<Person & { id: string }>;
  /** Signs somebody in. */
  enter: (person: Person, always?: Record<string, string>) => Promise<Browser>;
  /** Tries to sign in. */
  knock: (email: string, password: string, from?: Record<string, string>, more?: object) => Promise<Answer>;
}

/** Gives people of the demo's distributor on a server, which may be another one each time. */
export function staffOf(at: () => { server: RunningServer; demo: DemoPlace['demo'] }): Staff {
  return {
    async hire(role) {
      const { server, demo } = at();
      const admin = await signInAs(server, demo.console.distributor_admin, elsewhere());
      const person = { email: `${randomUUID()}@staff.example`, password: `the horses of ${randomUUID()}` };
      const invited = await admin.post('/v1/staff', { email: person.email, role });
      expect(said(invited)).toEqual([201, undefined]);
      const { link, account } = invited.body;
      const set = await openBrowser(server).post('/accounts/v1/passwords', {
        token: linkToken(link),
        password: person.password,
      });
      expect(said(set)).toEqual([200, undefined]);
      return { ...person, id: account.id };
    },
    enter: (person, always = elsewhere()) => signInAs(at().server, person, always),
    knock: (email, password, from = elsewhere(), more = {}) =>
      openBrowser(at().server, from).post('/accounts/v1/session', { email, password, ...more }),
  };
}
