import Type, { type Static } from 'typebox';
import { REASONS, type Reason } from '../reasons.ts';
import { SIM_STATES } from './sims.ts';

/** The simulator's behaviour for numbers and SIMs with a certain ending. All others succeed, and are available. */
export const SimulatorNumber = Type.Object(
  {
    ending: Type.String({ description: 'The last digits of the number, or of the SIM’s serial' }),
    order: Type.Optional(
      Type.Object(
        {
          description: Type.String({ description: 'What happens to a recharge' }),
          status: Type.Enum(['ok', 'pending', 'ko'], { description: 'The transaction in the answer' }),
          reason: Type.Optional(Type.Enum(Object.keys(REASONS) as Reason[], { description: 'Why it is ko' })),
        },
        { description: 'Absent: it succeeds' },
      ),
    ),
    sim: Type.Optional(
      Type.Union([Type.Enum(SIM_STATES), Type.Enum(['sim_unknown', 'supplier_silent'])], {
        description: 'How the SIM stands when it is asked about, or why that is refused. Absent: it is available',
      }),
    ),
  },
  { title: 'SimulatorNumber' },
);
export type SimulatorNumber = Static<typeof SimulatorNumber>;
