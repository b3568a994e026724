import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Offer, TravelB2B } from '@opentopup/client';
import { EXIT, type ExitCode } from '@opentopup/client/cli/exit-codes';
import { Misuse } from '@opentopup/client/cli/misuse';
import type { Column } from '@opentopup/client/cli/output/column';
import { ProgressLine } from '@opentopup/client/cli/output/live';
import type { CliSession } from '@opentopup/client/cli/session';
import { offerId } from '@opentopup/client/cli/verbs/find-offer';
import type { ChaosEffect } from '@opentopup/contract';
import { hindrance } from '@opentopup/contract/catalogue/hindrance';
import { DOCTOR_WORDS } from '../doctor-words.ts';
import { type BookedSale, compareWithBooks, type DoctorFinding, ORDER_FAULTS, type OrderFault } from './compare.ts';
import { askPatient, type Belief, type DoctorOrder, isThere } from './patient.ts';

interface Examination {
  url: string;
  orders: number;
  client_id: string;
  offer?: string;
  msisdn?: string;
  seed?: number;
}

/** What is found of a program. */
interface Report {
  passes: boolean;
  orders: number;
  sold: number;
  units: number;
  given_up: number;
  seed: number;
  effects: Record<string, number>;
  findings: DoctorFinding[];
}

type Asked = { order: DoctorOrder; belief: Belief };

/** What orders meet: half of them nothing. */
const CHAOS = {
  delay: 6,
  cut_before: 6,
  cut_after: 10,
  too_many_requests: 6,
  service_unavailable: 6,
  slow: 6,
  bucket_empty: 5,
  supplier_down: 5,
} as const;
const DELAY_MS = 2_500;
/** How many orders are under way at a time. */
const AT_ONCE = 4;
/** The number of the written guide. */
const MSISDN = '+33684587587';
/** Of a number, what varies from order to order: three digits before the last three, which the simulator acts upon. */
const VARIED = 1_000;
/** How long what is pending may take to be settled. */
const SETTLE_MS = 60_000;
const LOOK_MS = 1_000;

const columnsOf = ({ t, out }: CliSession): Column<DoctorFinding>[] => [
  { name: 'order', kind: 'text', of: ({ order }) => order },
  {
    name: 'finding',
    kind: 'text',
    of: ({ faults }) => faults.map((fault) => (out.isTerminal ? t.statuses[fault] : fault)).join('; '),
  },
  { name: 'believed', kind: 'status', of: ({ believed }) => believed },
  { name: 'sold', kind: 'count', of: ({ sold }) => sold },
  { name: 'line', kind: 'line', of: ({ msisdn }) => msisdn },
  { name: 'effects', kind: 'text', of: ({ effects }) => effects.join(', ') },
  { name: 'transactions', kind: 'id', of: ({ transactions }) => transactions.join(' ') },
];

/** Has a program sell through chaos, and compares what it believes then with the books of the sandbox. */
export async function examine(session: CliSession, examination: Examination): Promise<ExitCode> {
  const { url, orders: count, client_id, seed = randomInt(2 ** 31) } = examination;
  const words = DOCTOR_WORDS[session.locale.language];
  if (count > VARIED) throw new Misuse(words.tooMany(VARIED));
  const client = session.client();
  const { chaos } = client.opentopup.sandbox;
  const offer = await offerFor(session, client, examination);
  if (!(await isThere(url))) {
    session.out.warn(words.silent(url));
    return EXIT.unreachable;
  }
  const [lastSale] = await client.transactions.page({ limit: 1 }, session);
  const [lastEffect] = await untilId(chaos.effects(session), undefined, 1);
  await chaos.set(client_id, { effects: CHAOS, delay_ms: DELAY_MS, seed }, session);
  let asked: Asked[];
  try {
    asked = await askAll(session, url, ordersOf(count, offer.id, examination.msisdn ?? MSISDN));
  } finally {
    await chaos.end(client_id);
  }
  // Without chaos, once more: what a program does not know at once it may find out. It must not sell it again.
  for (const each of asked) {
    const { believed } = each.belief;
    if (believed === 'pending' || believed === 'nothing')
      each.belief = await askPatient(url, each.order, session.signal);
  }
  // What was delayed may be sold still, though nobody waits for it any more.
  await setTimeout(DELAY_MS + LOOK_MS, undefined, { signal: session.signal });
  const booked = await settledSales(session, client, lastSale?.id);
  const effects = (await untilId(chaos.effects(session), lastEffect?.id)).filter(
    (each) => each.client_id === client_id,
  );
  return tell(session, reportOf(asked, booked, effects, seed));
}

/** Gives what is newer than the entry of an id, of a list that has the newest first. */
async function untilId<T extends { id: string }>(
  entries: AsyncIterable<T>,
  id: string | undefined,
  most = Number.POSITIVE_INFINITY,
): Promise<T[]> {
  const newer: T[] = [];
  for await (const entry of entries) {
    if (entry.id === id) break;
    newer.push(entry);
    if (newer.length === most) break;
  }
  return newer;
}

/** Finds the offer to sell: the one that is named, else the one for numbers that can be sold and that most units are there of. */
async function offerFor(
  session: CliSession,
  client: TravelB2B,
  { offer: named, orders }: Examination,
): Promise<Pick<Offer, 'id'>> {
  const words = DOCTOR_WORDS[session.locale.language];
  const id = named && (await offerId(session, client, named));
  let chosen: Offer | null = null;
  for await (const offer of client.offers.list(session)) {
    const isFit = id ? offer.id === id : offer.product.line_kind === 'msisdn' && hindrance(offer) === null;
    if (isFit && (!chosen || offer.bucket > chosen.bucket)) chosen = offer;
  }
  if (!chosen) throw new Misuse(words.noOffer);
  if (chosen.bucket < orders) throw new Misuse(words.fewUnits(chosen.name, chosen.bucket, orders));
  return chosen;
}

/** Makes orders, each for a line of its own: by that it is found again, whatever the program sends. */
function ordersOf(count: number, offer_id: string, msisdn: string): DoctorOrder[] {
  const run = randomUUID().slice(0, 8);
  const first = randomInt(VARIED);
  return Array.from({ length: count }, (_, index) => ({
    order: `doctor-${run}-${index + 1}`,
    offer_id,
    msisdn: `${msisdn.slice(0, -6)}${String((first + index) % VARIED).padStart(3, '0')}${msisdn.slice(-3)}`,
  }));
}

/** Has all orders sold, a few at a time. */
async function askAll(session: CliSession, url: string, orders: readonly DoctorOrder[]): Promise<Asked[]> {
  const progress = new ProgressLine(session.io, session.out);
  const asked: Asked[] = [];
  const queue = orders.values();
  const work = async (): Promise<void> => {
    for (const order of queue) {
      asked.push({ order, belief: await askPatient(url, order, session.signal) });
      progress.draw(`${asked.length}/${orders.length}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work)).finally(() => progress.clear());
  return asked;
}

/** Reads what was sold since, once nothing is pending any more. */
async function settledSales(session: CliSession, client: TravelB2B, lastId: string | undefined): Promise<BookedSale[]> {
  const until = Date.now() + SETTLE_MS;
  for (;;) {
    const sales = await untilId(client.transactions.list({}, session), lastId);
    if (!sales.some(({ status }) => status === 'pending') || Date.now() > until) {
      return sales.map(({ id, status, parameters }) => ({ id, status, msisdn: parameters.msisdn ?? '' }));
    }
    await setTimeout(LOOK_MS, undefined, { signal: session.signal });
  }
}

function reportOf(
  asked: readonly Asked[],
  booked: readonly BookedSale[],
  effects: readonly ChaosEffect[],
  seed: number,
): Report {
  const lines = new Set(asked.map(({ order }) => order.msisdn));
  const units = booked.filter(({ msisdn, status }) => lines.has(msisdn) && status === 'ok');
  const sold = new Set(units.map(({ msisdn }) => msisdn)).size;
  const counts = Map.groupBy(effects, ({ effect }) => effect);
  const countOf = (effect: ChaosEffect['effect']): number => counts.get(effect)?.length ?? 0;
  // These are refusals that a program may take for the end.
  const final = countOf('bucket_empty') + countOf('supplier_down');
  const findings = compareWithBooks(asked, booked, effects);
  return {
    passes: findings.length === 0 && sold > 0,
    orders: asked.length,
    sold,
    units: units.length,
    given_up: Math.max(0, asked.length - sold - final),
    seed,
    effects: Object.fromEntries([...counts].map(([effect, all]) => [effect, all.length])),
    findings,
  };
}

async function tell(session: CliSession, report: Report): Promise<ExitCode> {
  const { out, locale } = session;
  const words = DOCTOR_WORDS[locale.language];
  const { findings, orders, sold, units, given_up, seed, passes } = report;
  out.json(report);
  if (!out.isJson && findings.length > 0) await out.list(findings, columnsOf(session));
  const count = (of: OrderFault): number => findings.filter(({ faults }) => faults.includes(of)).length;
  const found = words.found(count('doubled'), count('lost'), count('misread'));
  out.note(findings.length > 0 ? found : sold > 0 ? words.clean : words.unsold);
  for (const fault of ORDER_FAULTS) if (count(fault) > 0) out.note(words.remedies[fault]);
  out.note(words.summary(orders, sold, units, given_up, seed));
  return passes ? EXIT.ok : EXIT.failed;
}
