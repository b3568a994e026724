import { useMessages } from '../language/language.ts';
import type { Plot } from './use-plot.ts';

/** Where a plot is drawn; says so where that has failed: its figures stand in the table below. */
export function PlotPlace({ plot: { place, hasFailed }, label }: { plot: Plot; label: string }) {
  const m = useMessages();
  if (hasFailed) {
    return (
      <p className="notice" role="status">
        {m.plotFailed}
      </p>
    );
  }
  return <div ref={place} role="img" aria-label={label} className="plot" />;
}
