import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useMessages } from '../../language/language.ts';
import { Copy } from '../../parts/copy.tsx';
import { Page } from '../../parts/page.tsx';
import { Refusal } from '../../parts/refusal.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { server } from '../../server.ts';
import { useOffers } from '../sell/offers.ts';
import { clientCode, curlLines } from './examples.ts';

/** How a program sells: the same request in several words, and numbers to try it with. */
export function Component() {
  const m = useMessages();
  const offer = useOffers().data?.find(({ product }) => product.line_kind === 'msisdn');
  const numbers = useQuery({ queryKey: ['simulator'], queryFn: () => server.opentopup.call('listSimulatorNumbers') });
  const id = offer?.id ?? 'OFFER_ID';
  return (
    <Page title={m.pages.integrate}>
      <section className="card">
        <p>
          {m.integrate.hint} <Link to="/settings/clients">{m.settings.clients}</Link> ·{' '}
          <a href="/docs">{m.integrate.docs}</a>
        </p>
        <h2>{m.integrate.curl}</h2>
        <Copy text={curlLines(location.origin, id)} label={m.integrate.curl} />
        <h2>{m.integrate.client}</h2>
        <Copy text={clientCode(location.origin, id)} label={m.integrate.client} />
      </section>
      <section className="card">
        <h2>{m.integrate.simulator}</h2>
        <p className="hint">{m.integrate.simulatorHint}</p>
        <Refusal error={numbers.error} />
        <Scroll className="table-place" label={m.integrate.simulator}>
          <table>
            <thead>
              <tr>
                <th scope="col">{m.integrate.ending}</th>
                <th scope="col">{m.integrate.result}</th>
                <th scope="col">{m.integrate.reason}</th>
              </tr>
            </thead>
            <tbody>
              {numbers.data?.map(({ ending, order }) => (
                <tr key={ending}>
                  <th scope="row">{ending}</th>
                  <td>{order ? m.status[order.status] : m.status.ok}</td>
                  <td>{order?.reason && <code>{order.reason}</code>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </section>
    </Page>
  );
}
