import type { SimulatorNumber } from '@opentopup/contract';
import { useMessages } from '../../language/language.ts';
import { useServerWords } from '../../language/server-words.ts';
import { Scroll } from '../../parts/scroll.tsx';

/** What the simulator does with which numbers, and how it says that their SIMs stand. */
export function SimulatorNumbers({ numbers }: { numbers: readonly SimulatorNumber[] }) {
  const m = useMessages();
  const words = useServerWords();
  return (
    <section className="card">
      <h2>{m.integrate.simulator}</h2>
      <p className="hint">{m.integrate.simulatorHint}</p>
      <Scroll className="table-place" label={m.integrate.simulator}>
        <table>
          <thead>
            <tr>
              <th scope="col">{m.integrate.ending}</th>
              <th scope="col">{m.integrate.result}</th>
              <th scope="col">{m.integrate.happens}</th>
              <th scope="col">{m.integrate.sim}</th>
            </tr>
          </thead>
          <tbody>
            {numbers.map(({ ending, order, sim }) => (
              <tr key={ending}>
                <th scope="row">{ending}</th>
                <td>
                  {order ? m.status[order.status] : m.status.ok} {order?.reason && <code>{order.reason}</code>}
                </td>
                <td className="happens">{order && words(order.description)}</td>
                <td>
                  <code>{sim ?? 'available'}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
