import type { ReactNode } from 'react';

/** A fact and its name; left out where there is none. */
export type Fact = readonly [name: string, value: ReactNode];

/** What is known of one thing: names beside values. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
