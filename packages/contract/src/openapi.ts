import { CSRF_HEADER } from './csrf-header.ts';
import { ErrorBody } from './errors.ts';
import { answersOf } from './openapi/answers.ts';
import { ANSWER_HEADERS } from './openapi/headers.ts';
import { parameterObjects } from './openapi/parameters.ts';
import { errorExamples, sharedAnswers } from './openapi/refusals.ts';
import { createSchemaWriter, type Json, type SchemaWriter } from './openapi/schemas.ts';
import type { Access, Operation } from './operation.ts';
import { isWire } from './operation-reasons.ts';
import { BASES, OPERATIONS } from './operations.ts';
import { DISTRIBUTOR_SCOPE } from './service.ts';
import { TAGS } from './tags.ts';

const DESCRIPTION = `Sells mobile top-ups between businesses: a distributor sends one order; the server checks its stock,
recharges the line at the supplier, takes one unit and confirms. Or it changes nothing and says why.

What is not marked as added (\`x-extension\`) is the Travel B2B API 1.7, distributor side: a client written for that API
works with another base URL.

- **Addresses.** The operations of the Travel B2B API answer below each server, all others at the root only.
- **Refusals.** Each has the body \`Error\`. Programs look at \`reason\` and \`retryable\`. Where an end customer waits for the
  answer, \`customer_message\` is what to tell, in French with \`Accept-Language: fr\`.
- **Pending.** \`201\` with status \`pending\` means that nobody knows yet whether the line was recharged. The unit stays
  held until there is proof. Do not order again: ask for the transaction later.
- **Repeating.** With an \`Idempotency-Key\` an order may be repeated until it is answered; it is made once.
`;

const SERVERS: Readonly<Record<string, string>> = {
  '/travel-b2b/v1': 'Live, under the path of the Travel B2B API',
  '': 'Live, and all that OpenTopup adds',
  '/travel-b2b-sandbox/v1': 'Sandbox: sells through the simulator only, with tokens of sandbox clients',
};

const SECURITY: Record<Access, Record<string, string[]>[]> = {
  public: [],
  client: [{ client: [] }],
  distributor: [{ clientCredentials: [DISTRIBUTOR_SCOPE] }, { distributorToken: [] }, { session: [] }],
  operator: [{ operatorToken: [] }, { session: [] }],
  account: [{ session: [] }],
  // Each supplier proves itself in its own way: what that is, its connector knows.
  supplier: [],
};

const securitySchemes = (serverUrl: string): Json => ({
  client: { type: 'http', scheme: 'basic', description: 'The id and secret of a client of a distributor' },
  clientCredentials: {
    type: 'oauth2',
    description: 'A token for an hour, by the client credentials grant (RFC 6749, 4.4)',
    flows: {
      clientCredentials: {
        tokenUrl: `${serverUrl}/oauth/v3/token`,
        scopes: { [DISTRIBUTOR_SCOPE]: 'All that a distributor may do' },
      },
    },
  },
  distributorToken: { type: 'http', scheme: 'bearer', description: 'A token that you already have' },
  operatorToken: { type: 'http', scheme: 'bearer', description: 'The operator’s token: the setting `ADMIN_TOKEN`' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-opentopup',
    description: `The cookie that \`signIn\` sets; on the machine itself it is called \`opentopup\`. With it, whatever is no GET needs the header \`${CSRF_HEADER}\` too`,
  },
});

function operationObject(operation: Operation, writer: SchemaWriter): Json {
  const {
    id,
    tag,
    summary,
    description,
    extension,
    access,
    body,
    bodyType = 'application/json',
    bodyAlso = [],
  } = operation;
  const parameters = parameterObjects(operation, writer);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(extension ? { 'x-extension': true } : {}),
    security: SECURITY[access],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body && {
      requestBody: {
        required: true,
        content: {
          [bodyType]: { schema: writer.write(body), example: operation.bodyExample },
          ...Object.fromEntries(bodyAlso.map((type) => [type, { schema: { type: 'string' } }])),
        },
      },
    }),
    responses: answersOf(operation, writer),
  };
}

export interface OpenApiOptions {
  version: string;
  /** Where the server answers: `https://topup.example`. Without it, addresses are relative to the document's. */
  serverUrl?: string;
}

/** Writes the OpenAPI 3.1 description of all operations. */
export function openApiDocument({ version, serverUrl = '' }: OpenApiOptions): Json {
  const writer = createSchemaWriter();
  const root = { url: serverUrl || '/', description: SERVERS[''] };
  writer.write(ErrorBody);

  const paths: Record<string, Json> = {};
  for (const operation of OPERATIONS) {
    // A path has its own servers where the document's would lead astray: these answer at the root only.
    paths[operation.path] = {
      ...(paths[operation.path] ?? (isWire(operation) ? {} : { servers: [root] })),
      [operation.method.toLowerCase()]: operationObject(operation, writer),
    };
  }

  const tagsOf = (isOperator: boolean): string[] =>
    Object.keys(TAGS).filter((tag) =>
      OPERATIONS.some((each) => each.tag === tag && (each.access === 'operator') === isOperator),
    );
  return {
    openapi: '3.1.0',
    info: {
      title: 'OpenTopup',
      version,
      description: DESCRIPTION,
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    // The root comes first: there everything answers, also for tools that know only one server.
    servers: [
      root,
      ...BASES.filter(({ prefix }) => prefix !== '').map(({ prefix }) => ({
        url: `${serverUrl}${prefix}`,
        description: SERVERS[prefix],
      })),
    ],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    'x-tagGroups': [
      { name: 'Distributors', tags: tagsOf(false) },
      { name: 'Operator', tags: tagsOf(true) },
    ],
    paths,
    components: {
      schemas: writer.components(),
      responses: sharedAnswers(OPERATIONS),
      examples: errorExamples(),
      headers: ANSWER_HEADERS,
      securitySchemes: securitySchemes(serverUrl),
    },
  };
}
