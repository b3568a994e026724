import type { OperatorOffer, ReplayFigures, RouteCreation } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { patient } from '../../server.ts';

interface Props {
  offer: OperatorOffer;
  route: RouteCreation;
}

/** What the last days would have come to under a route, before it is set. */
export function RouteReplay({ offer, route }: Props) {
  const m = useMessages();
  const f = useFormats();
  const { deadline_ms: _, ...tried } = route;
  const asked = useMutation({
    // It is asked once: what was given up is not begun again by itself.
    retry: false,
    mutationFn: () =>
      patient.operator.call('replaySales', {
        query: { distributor: offer.distributor_id },
        body: { routes: [{ offer_id: offer.id, ...tried }] },
      }),
  });
  const found = asked.data?.offers.find(({ offer_id }) => offer_id === offer.id);
  const money = ({ cost }: ReplayFigures): string =>
    cost.map(({ amount, currency }) => f.money(amount, currency)).join(' + ') || '–';
  const wait = ({ answer_ms }: ReplayFigures): string => (answer_ms === undefined ? '–' : f.lasting(answer_ms / 1_000));
  const count = (of: (figures: ReplayFigures) => number) => (figures: ReplayFigures) => f.number(of(figures));
  const rows: [string, (figures: ReplayFigures) => string][] = [
    [m.route.replay.orders, count(({ orders }) => orders)],
    [m.route.replay.ok, count(({ ok }) => ok)],
    [m.route.replay.ko, count(({ ko }) => ko)],
    [m.route.replay.notKnown, count(({ not_known }) => not_known)],
    [m.route.replay.cost, money],
    [m.route.replay.unpriced, count(({ unpriced }) => unpriced)],
    [m.route.replay.wait, wait],
  ];
  return (
    <>
      <button type="button" className="button" disabled={asked.isPending} onClick={() => asked.mutate()}>
        {m.route.replay.ask}
      </button>
      {asked.isPending && (
        <p className="hint" role="status">
          {m.route.replay.waiting}
        </p>
      )}
      <RefusalNote error={asked.error} />
      {asked.data && !found && <p className="hint">{m.route.replay.method(f.number(0))}</p>}
      {found && (
        <>
          <Scroll className="table-place" label={m.route.replay.title}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{m.route.replay.title}</th>
                  <th scope="col" className="number">
                    {m.route.replay.actual}
                  </th>
                  <th scope="col" className="number">
                    {m.route.replay.estimate}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map(([name, write]) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td className="number">{write(found.actual)}</td>
                    <td className="number">{write(found.estimate)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
          <p className="hint">{m.route.replay.method(f.number(found.actual.orders))}</p>
        </>
      )}
    </>
  );
}
