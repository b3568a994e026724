import type { Promotion } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { useFormats } from '../../../language/format.ts';
import { useMessages } from '../../../language/language.ts';
import { Empty } from '../../../parts/empty.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { server } from '../../../server.ts';

/** What a supplier adds to recharges for now: it is asked when somebody wants to know. */
export function PromotionsCard({ supplierId: id }: { supplierId: string }) {
  const m = useMessages();
  const asked = useMutation({
    mutationFn: () => server.operator.call('listSupplierPromotions', { params: { id } }),
    retry: false,
  });
  return (
    <section className="card" aria-label={m.suppliers.promotions}>
      <h2>{m.suppliers.promotions}</h2>
      <button type="button" className="button" disabled={asked.isPending} onClick={() => asked.mutate()}>
        {m.suppliers.askPromotions}
      </button>
      <RefusalNote error={asked.error} />
      {asked.data?.length === 0 && <Empty title={m.suppliers.noPromotions} />}
      <ul className="plain" aria-label={m.suppliers.promotions}>
        {asked.data?.map((promotion) => (
          <PromotionEntry key={promotion.id} promotion={promotion} />
        ))}
      </ul>
    </section>
  );
}

function PromotionEntry({ promotion }: { promotion: Promotion }) {
  const m = useMessages();
  const f = useFormats();
  const { title, text, network, countries, begin_date, end_date } = promotion;
  const facts = [
    network?.name,
    ...countries.map((code) => f.country(code)),
    begin_date && m.suppliers.promotionFrom(f.moment(begin_date)),
    end_date && m.suppliers.promotionUntil(f.moment(end_date)),
  ];
  return (
    <li className="entry">
      <span>
        <strong>{title}</strong>
        <span className="hint">{facts.filter(Boolean).join(' · ')}</span>
        {text && <p>{text}</p>}
      </span>
    </li>
  );
}
