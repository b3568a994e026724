import type { StaffLanguage } from '@opentopup/contract';
import { escaped } from '@opentopup/contract/escaped';
import { serverWords } from '@opentopup/contract/messages/server-words';
import { fieldRows, kindOf, lastOf, marked, row, rowsInTable, type Schema } from './schema-rows.ts';
import { REFERENCE_STYLE } from './style.ts';
import { REFERENCE_WORDS } from './words.ts';

interface Content {
  schema?: Schema;
  example?: unknown;
}
interface Answer {
  $ref?: string;
  description?: string;
  content?: Record<string, Content>;
}
interface Parameter {
  $ref?: string;
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: Schema;
}
interface DescribedOperation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Content> };
  responses: Record<string, Answer>;
}
/** What is shown of the description of the API. */
export interface ApiDescription {
  info: { title: string; version: string; description: string };
  tags: { name: string; description: string }[];
  'x-tagGroups': { name: string; tags: string[] }[];
  paths: Record<string, Record<string, DescribedOperation>>;
  components: {
    schemas: Record<string, Schema>;
    responses: Record<string, Answer>;
    parameters?: Record<string, Parameter>;
  };
}

interface Call {
  method: string;
  path: string;
  of: DescribedOperation;
}

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete']);
const callsOf = ({ paths }: ApiDescription): Call[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => METHODS.has(method))
      .map(([method, of]) => ({ method: method.toUpperCase(), path, of })),
  );

/** What a part of the page is written with. */
interface Writing {
  api: ApiDescription;
  words: (typeof REFERENCE_WORDS)[StaffLanguage];
  /** Writes a summary in the language of the page, where there are words for it. */
  told: (text: string) => string;
  /** The same of a description, which is marked up. */
  described: (text: string) => string;
}

/** @param byName the fields of what has a name are shown there alone: they are answered by many */
function contentOf(content: Record<string, Content> | undefined, { words, api }: Writing, byName: boolean): string {
  return Object.entries(content ?? {})
    .map(([type, { schema, example }]) => {
      const whole = schema?.$ref && !byName ? api.components.schemas[lastOf(schema.$ref)] : schema;
      const fields = whole ? rowsInTable(fieldRows(whole, words.needed)) : '';
      const shown =
        example === undefined
          ? ''
          : `<details><summary>${words.example}</summary><pre tabindex="0">${escaped(JSON.stringify(example, null, 2))}</pre></details>`;
      return `<p><code>${escaped(type)}</code> ${schema ? kindOf(schema) : ''}</p>${fields}${shown}`;
    })
    .join('\n');
}

/** Says in a few words what an answer is about: its reasons, or what it is. */
function briefly(description: string): string {
  const reasons = [...description.matchAll(/`(\w+)` \(code/g)].map(([, reason = '']) => reason);
  return escaped(reasons.length > 0 ? reasons.join(', ') : (description.split('\n')[0] ?? ''));
}

function answerOf(status: string, given: Answer, writing: Writing): string {
  const { responses } = writing.api.components;
  const { description = '', content } = given.$ref ? (responses[lastOf(given.$ref)] ?? {}) : given;
  return `<details class="answer"><summary><b>${escaped(status)}</b> <small>${briefly(description)}</small></summary>${writing.described(description)}${contentOf(content, writing, true)}</details>`;
}

function callSection({ method, path, of }: Call, writing: Writing): string {
  const { words, told, described, api } = writing;
  const parameters = (of.parameters ?? []).map((each) =>
    each.$ref ? (api.components.parameters?.[lastOf(each.$ref)] ?? each) : each,
  );
  const rows = parameters.map((each) =>
    row(
      each.name,
      `${kindOf(each.schema)} <small>${escaped(each.in)}</small>`,
      described(each.description ?? each.schema.description ?? ''),
      each.required === true && words.needed,
    ),
  );
  const access = of.security.flatMap((each) => Object.keys(each)).map((name) => `<code>${escaped(name)}</code>`);
  return `<section class="call" id="${escaped(of.operationId)}">
<h3>${told(of.summary)}</h3>
<p class="path"><b>${method}</b> <code>${escaped(path)}</code></p>
${described(of.description ?? '')}
<p><small>${words.access}: ${access.join(', ') || words.everybody}</small></p>
${rows.length > 0 ? `<h4>${words.parameters}</h4>${rowsInTable(rows)}` : ''}
${of.requestBody ? `<h4>${words.body}</h4>${contentOf(of.requestBody.content, writing, false)}` : ''}
<h4>${words.answers}</h4>
${Object.entries(of.responses)
  .map(([status, answer]) => answerOf(status, answer, writing))
  .join('\n')}
</section>`;
}

/** Writes the description of the API as a page, which needs no script. */
export function referencePage(api: ApiDescription, language: StaffLanguage): string {
  const words = REFERENCE_WORDS[language];
  const told = (text: string): string => {
    const own = serverWords(text, language);
    return own === null ? `<span lang="en">${escaped(text)}</span>` : escaped(own);
  };
  const described = (text: string): string => {
    const own = serverWords(text, language);
    if (text === '' || language === 'en') return marked(text);
    return own === null ? `<div lang="en">${marked(text)}</div>` : marked(own);
  };
  const writing: Writing = { api, words, told, described };
  const calls = callsOf(api);
  const ofTag = (tag: string): Call[] => calls.filter(({ of }) => of.tags[0] === tag);
  const groupName = (name: string): string => words.groups[name as keyof typeof words.groups] ?? name;
  const contents = api['x-tagGroups'].map(({ name, tags }) => {
    const parts = tags.map((tag) => {
      const links = ofTag(tag).map(
        ({ of }) => `<li><a href="#${escaped(of.operationId)}">${told(of.summary)}</a></li>`,
      );
      return `<details><summary>${escaped(tag)}</summary><ul>${links.join('')}</ul></details>`;
    });
    return `<h2>${escaped(groupName(name))}</h2>${parts.join('\n')}`;
  });
  const about = new Map(api.tags.map(({ name, description }) => [name, description]));
  const sections = api['x-tagGroups'].flatMap(({ tags }) =>
    tags.map(
      (tag) =>
        `<h2>${escaped(tag)}</h2>${described(about.get(tag) ?? '')}${ofTag(tag)
          .map((call) => callSection(call, writing))
          .join('\n')}`,
    ),
  );
  const schemas = Object.entries(api.components.schemas).map(
    ([name, schema]) =>
      `<section class="call" id="schema-${escaped(name)}"><h3>${escaped(name)}</h3>${described(schema.description ?? '')}${rowsInTable(fieldRows(schema, words.needed)) || `<p>${kindOf(schema)}</p>`}</section>`,
  );
  const other = language === 'fr' ? 'en' : 'fr';
  const title = `${words.title} · ${api.info.title} ${api.info.version}`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${REFERENCE_STYLE}</style>
</head>
<body>
<header>
<a href="/">${words.back}</a>
<a href="?language=${other}" lang="${other}" hreflang="${other}">${words.other}</a>
</header>
<nav aria-label="${words.contents}">
${contents.join('\n')}
<h2><a href="#schemas">${words.schemas}</a></h2>
</nav>
<main>
<h1>${escaped(title)}</h1>
<p><a href="/integrate">${words.try}</a> · <a href="/openapi.json">${words.description}</a></p>
<p>${words.note}</p>
<div lang="en">${marked(api.info.description)}</div>
${sections.join('\n')}
<h2 id="schemas">${words.schemas}</h2>
${schemas.join('\n')}
</main>
</body>
</html>
`;
}
