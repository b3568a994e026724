import Type, { type Static, type TSchema } from 'typebox';
import { Value } from 'typebox/value';

const Rate = (description: string) => Type.Number({ minimum: 0, maximum: 1, description });

/** What an operator may set for a simulated supplier. Each call reads it anew. */
export const SIMULATOR_SETTINGS = Type.Object(
  {
    latency_ms: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 60_000, description: 'How long it takes to answer' }),
    ),
    failure_rate: Type.Optional(Rate('Share of the orders that it refuses with supplier_unavailable')),
    silence_rate: Type.Optional(Rate('Share of the orders without an answer; every second one was delivered')),
    by_serial: Type.Optional(Type.Boolean({ description: 'SIMs may be asked about by their serial alone' })),
    balance: Type.Optional(
      Type.Object(
        {
          available: Type.Number(),
          held: Type.Optional(Type.Number()),
          credit_limit: Type.Optional(Type.Number()),
          currency: Type.String(),
        },
        { additionalProperties: false, description: 'The money that lies there; without it, it cannot be read' },
      ),
    ),
    global_balances: Type.Optional(Type.Boolean({ description: 'It tells what all SIMs consumed' })),
  },
  { additionalProperties: false },
);
export type SimulatorSettings = Static<typeof SIMULATOR_SETTINGS>;

/** What an operator may set for a product of a simulated supplier. */
export const SIMULATOR_PRODUCT_SETTINGS = Type.Object(
  {
    amount: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: 'What the line gets' })),
    currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$', description: 'Of `amount`' })),
    receipt: Type.Optional(
      Type.Enum(['text', 'pin'], { description: 'It hands over a text, or a PIN that the customer has to type in' }),
    ),
  },
  { additionalProperties: false },
);
export type SimulatorProductSettings = Static<typeof SIMULATOR_PRODUCT_SETTINGS>;

const read = new WeakMap<object, SimulatorSettings>();

/**
 * Gives those of a supplier's settings that are ours and can be used: in the sandbox they may be those of another
 * connector.
 */
export function readSimulatorSettings(settings: Readonly<Record<string, unknown>>): SimulatorSettings {
  const known = read.get(settings);
  if (known) return known;
  const usable = Object.entries<TSchema>(SIMULATOR_SETTINGS.properties).filter(([name, schema]) =>
    Value.Check(schema, settings[name]),
  );
  const ours: SimulatorSettings = Object.fromEntries(usable.map(([name]) => [name, settings[name]]));
  read.set(settings, ours);
  return ours;
}
