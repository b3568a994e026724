import type { VendorRoute } from './dialect.ts';

/** A route, and what stands in the places of its path. */
export interface FoundRoute {
  route: VendorRoute;
  places: Record<string, string>;
}

/** What a path may have in a place, and how a place is written. */
const PLACE = /\{(\w+)\}/g;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Gives a function that finds the route of a method and path; those without places go first. */
export function routesBy(
  routes: Readonly<Record<string, VendorRoute>>,
): (method: string, path: string) => FoundRoute | null {
  const named = Object.entries(routes).map(([name, route]) => {
    const pattern = name.replaceAll('.', String.raw`\.`).replaceAll(PLACE, '(?<$1>[^/]+)');
    return { pattern: new RegExp(`^${pattern}$`), hasPlaces: pattern !== name, route };
  });
  const ordered = named.toSorted((a, b) => Number(a.hasPlaces) - Number(b.hasPlaces));
  return (method, path) => {
    for (const { pattern, route } of ordered) {
      const match = pattern.exec(`${method} ${path}`);
      if (!match) continue;
      const places = Object.entries(match.groups ?? {}).map(([name, text]) => [name, decoded(text)]);
      return { route, places: Object.fromEntries(places) };
    }
    return null;
  };
}
