import { setTimeout as sleep } from 'node:timers/promises';
import type { Connector, Found, Outcome, Recharge, SupplierAccess } from '../connector.ts';
import { createCallbacks } from './callbacks.ts';
import { tellNetworks } from './networks.ts';
import { pretendCall } from './pretended-call.ts';
import { profileOf } from './profile.ts';
import { tellStatus, tellUsage } from './questions.ts';
import { receiptOf } from './receipt.ts';
import { SUCCESS, scenarioOf } from './scenarios.ts';
import {
  readSimulatorSettings,
  SIMULATOR_PRODUCT_SETTINGS,
  SIMULATOR_SETTINGS,
  type SimulatorProductSettings,
} from './settings.ts';
import { tellGlobalBalances } from './zones.ts';

/** An ok carries the supplier's own reference, and where there is no line the eSIM. */
function withProof<F extends Found>(found: F, { reference, line, product }: Recharge): F | Outcome {
  if (found.outcome !== 'ok') return found;
  const esim = line === null ? { esim: profileOf(reference) } : {};
  const receipt = receiptOf(reference, product.settings);
  return { outcome: 'ok', supplier_reference: `sim-${reference}`, ...esim, ...(receipt && { receipt }) };
}

const CONCLUSIVE_AFTER_S = 2;

export interface SimulatorOptions {
  /** How long a supplier takes to answer whose settings do not say, in milliseconds. */
  latency_ms: number;
  /** Where a supplier calls back; null while the server does not listen yet. */
  callbackUrl: (supplierId: string) => string | null;
  /** Signs the callbacks; the same in every process. */
  callbackSecret: string;
}

/** A supplier without a network: the outcome depends on the number, and on the settings of the supplier. */
export function simulator({ latency_ms, callbackUrl, callbackSecret }: SimulatorOptions): Connector {
  const callbacks = createCallbacks(callbackUrl, callbackSecret);
  const wait = async ({ settings }: SupplierAccess, pause_ms: number, signal: AbortSignal): Promise<void> => {
    const total_ms = (readSimulatorSettings(settings).latency_ms ?? latency_ms) + pause_ms;
    if (total_ms > 0) await sleep(total_ms, undefined, { signal });
  };
  /** Answers a question after the latency. */
  const answering =
    <Q extends { supplier: SupplierAccess }, A>(tell: (question: Q, now: Date) => A) =>
    async (question: Q, signal: AbortSignal): Promise<A> => {
      await wait(question.supplier, 0, signal);
      return tell(question, new Date());
    };
  return {
    async recharge(recharge, signal) {
      const scenario = scenarioOf(recharge, readSimulatorSettings(recharge.supplier.settings));
      const outcome = withProof(scenario.outcome, recharge);
      // An order that succeeds as most do leaves no trace: nobody will ask what was said.
      const isUsual = scenario === SUCCESS && (outcome.outcome !== 'ok' || !outcome.receipt);
      const note = isUsual ? null : pretendCall('POST', recharge);
      await wait(recharge.supplier, scenario.pause_ms ?? 0, signal);
      callbacks.plan(recharge, scenario.callbacks ?? []);
      note?.(outcome);
      return outcome;
    },
    async lookup(recharge) {
      const { outcome, later = outcome } = scenarioOf(recharge, readSimulatorSettings(recharge.supplier.settings));
      const found = withProof(later, recharge);
      pretendCall('GET', recharge)(found);
      return found;
    },
    conclusiveAfter_s: () => CONCLUSIVE_AFTER_S,
    readCallback: callbacks.read,
    balance: async ({ settings }) => readSimulatorSettings(settings).balance ?? null,
    lookupNumber: answering(tellNetworks),
    simStatus: answering(tellStatus),
    usage: answering(tellUsage),
    globalBalances: answering(tellGlobalBalances),
    settings: SIMULATOR_SETTINGS,
    productSettings: SIMULATOR_PRODUCT_SETTINGS,
    denominationOf: (settings) => {
      const { amount, currency } = settings as SimulatorProductSettings;
      return amount === undefined || currency === undefined ? null : { amount, currency };
    },
  };
}
