import { Ajv, type ValidateFunction } from 'ajv';

/** What a vendor's answers may be: JSON Schemas by status, by route (`GET /orders/{id}`). */
export type DescribedAnswers = Readonly<Record<string, Readonly<Record<number, object>>>>;

/** An answer that was looked at. */
export interface CheckedAnswer {
  status: number;
  body: any;
}

/** Calls a simulator, and looks at each of its answers with a validator that the simulator knows nothing of. */
export class DescribedVendor {
  readonly #base: string;
  readonly #routes: { pattern: RegExp; route: string; places: number }[];
  readonly #validators: ReadonlyMap<string, ValidateFunction>;
  /** Routes and statuses of which an answer was looked at. */
  readonly seen = new Set<string>();
  /** Goes with each request. */
  headers: Record<string, string> = {};

  /** @param common what any route may answer */
  constructor(base: string, answers: DescribedAnswers, common: Readonly<Record<number, object>>) {
    this.#base = base;
    const ajv = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true });
    const all = Object.entries(answers).flatMap(([route, byStatus]) =>
      Object.entries({ ...common, ...byStatus }).map(
        ([status, schema]) => [`${route} ${status}`, ajv.compile(schema)] as const,
      ),
    );
    const anywhere = Object.entries(common).map(
      ([status, schema]) => [`undefined ${status}`, ajv.compile(schema)] as const,
    );
    this.#validators = new Map([...all, ...anywhere]);
    this.#routes = Object.keys(answers).map((route) => ({
      route,
      pattern: new RegExp(`^${route.replaceAll('.', String.raw`\.`).replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      places: route.split('{').length,
    }));
    this.#routes.sort((a, b) => a.places - b.places);
  }

  async call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<CheckedAnswer> {
    const response = await fetch(this.#base + path, {
      method,
      headers: { 'content-type': 'application/json', ...this.headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const { status } = response;
    const answered: unknown = await response.json();
    this.#look(`${method} ${path.split('?')[0]}`, status, answered);
    return { status, body: answered };
  }

  #look(called: string, status: number, answered: unknown): void {
    const route = this.#routes.find(({ pattern }) => pattern.test(called))?.route;
    const described = `${route} ${status}`;
    const validate = this.#validators.get(described);
    if (!validate) throw new Error(`${called} was answered ${status}, which is not described`);
    if (!validate(answered)) {
      throw new Error(`${called} was answered ${JSON.stringify(answered)}: ${JSON.stringify(validate.errors)}`);
    }
    this.seen.add(described);
  }
}
