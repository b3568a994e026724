import type { SimulatedSupplier } from '@opentopup/client/testing';
import { Ajv } from 'ajv';
import { type AnswerSchema, DESCRIBED, DESCRIBED_ERROR, type DescribedAnswer, ERROR_STATUSES } from './description.ts';

const ajv = new Ajv({
  allErrors: true,
  strict: true,
  // Where null is meant beside something else, both stand in a list.
  strictTypes: false,
  strictRequired: false,
  formats: {
    'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
    uri: (text: string) => URL.canParse(text),
  },
});

/** Says what is wrong with a value, by its schema. */
export function faultsOf(schema: AnswerSchema, value: unknown): string[] {
  const validate = ajv.compile(schema);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
}

/** An answer that is what the description says. */
export interface DtoneAnswer {
  status: number;
  body: any;
  headers: Headers;
}

const PAGE_HEADERS = ['x-total', 'x-total-pages', 'x-per-page', 'x-page'];

function check(told: DescribedAnswer, { status, body, headers }: DtoneAnswer): string[] {
  if (status < 400) {
    const paging = told.isPaged ? PAGE_HEADERS.filter((name) => !/^\d+$/.test(headers.get(name) ?? '')) : [];
    const wrong = status === told.status ? [] : [`it was answered ${status} instead of ${told.status}`];
    return [...wrong, ...paging.map((name) => `${name} is missing`), ...faultsOf(told.schema, body)];
  }
  const faults = faultsOf(DESCRIBED_ERROR, body);
  if (faults.length > 0) return faults;
  const codes = body.errors.map(({ code }: { code: number }) => code) as number[];
  return codes.flatMap((code) => (ERROR_STATUSES[code] === status ? [] : [`${code} does not go with ${status}`]));
}

/** Asks a simulator of DT One, and takes no answer that is not as it is described. Counts what was asked. */
export class DtoneAsker {
  /** Which routes were answered well, and which with an error. */
  readonly answered = new Set<string>();
  readonly #supplier: SimulatedSupplier;

  constructor(supplier: SimulatedSupplier) {
    this.#supplier = supplier;
  }

  async ask(method: string, path: string, body?: object, authorization = this.#authorization): Promise<DtoneAnswer> {
    const response = await fetch(this.#supplier.baseUrl + path, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const { status, headers } = response;
    const asked: DtoneAnswer = { status, headers, body: await response.json() };
    const route = `${method} ${path.replace(/\?.*/, '').replace(/\/\d+(?=\/|$)/, '/{id}')}`;
    const told = DESCRIBED[route];
    if (!told) throw new Error(`nothing is said of ${route}`);
    const faults = check(told, asked);
    if (faults.length > 0) throw new Error(`${route}: ${faults.join('; ')}\n${JSON.stringify(asked.body)}`);
    this.answered.add(status < 400 ? route : `${asked.body.errors[0].code}`);
    return asked;
  }

  get #authorization(): string {
    const { KEY, SECRET } = this.#supplier.credentials;
    return `Basic ${btoa(`${KEY}:${SECRET}`)}`;
  }
}
