const WIDTH = 120;
const HEIGHT = 32;

/** A line without axes. It only repeats what is said in words beside it. */
export function Sparkline({ values }: { values: readonly number[] }) {
  // One day is no line yet.
  if (values.length < 2) return null;
  const most = Math.max(1, ...values);
  const gap = WIDTH / (values.length - 1);
  const points = values.map((value, i) => `${(i * gap).toFixed(1)},${(HEIGHT * (1 - value / most)).toFixed(1)}`);
  return (
    <svg className="sparkline" viewBox={`0 -2 ${WIDTH} ${HEIGHT + 4}`} preserveAspectRatio="none" aria-hidden>
      <polygon points={`0,${HEIGHT} ${points.join(' ')} ${WIDTH},${HEIGHT}`} />
      <polyline points={points.join(' ')} />
    </svg>
  );
}
