import { Bell } from 'lucide-react';
import { Link } from 'react-router';
import { useMessages } from '../../language/language.ts';
import { useMay } from '../../session/session.ts';

/** The way to the alerts, for whoever may set them. */
export function AlertsLink({ offer }: { offer?: string }) {
  const m = useMessages();
  const may = useMay();
  return (
    may('createAlert') && (
      <Link className="button" to={offer ? `/stock/alerts?offer=${offer}` : '/stock/alerts'}>
        <Bell aria-hidden /> {m.alerts.title}
      </Link>
    )
  );
}
