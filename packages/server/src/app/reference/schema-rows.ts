import { escaped } from '@opentopup/contract/escaped';

/** What is shown of a schema of the description. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  enum?: unknown[];
  const?: unknown;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  additionalProperties?: Schema | boolean;
}

/** Writes the few marks that descriptions have: paragraphs, lists, code and what is important. */
export const marked = (text: string): string =>
  text
    .trim()
    .split(/\n{2,}|\n(?=- )/)
    .map((part) => {
      const inner = escaped(part.replace(/^- /, '').replaceAll('\n', ' '))
        .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
        .replaceAll(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>');
      return part.startsWith('- ') ? `<li>${inner}</li>` : `<p>${inner}</p>`;
    })
    .join('\n')
    .replaceAll(/<li>.*<\/li>(?:\n<li>.*<\/li>)*/g, '<ul>$&</ul>');

/** Returns the name of what a reference is to. */
export const lastOf = (ref: string): string => ref.split('/').at(-1) ?? '';

/** Writes what kind of value a schema is; of one that has a name, the way to it. */
export function kindOf(schema: Schema): string {
  const { $ref, type, format, items, const: only, enum: choices, anyOf, oneOf, allOf } = schema;
  if ($ref) return `<a href="#schema-${escaped(lastOf($ref))}">${escaped(lastOf($ref))}</a>`;
  if (only !== undefined) return `<code>${escaped(JSON.stringify(only))}</code>`;
  if (choices) return choices.map((choice) => `<code>${escaped(JSON.stringify(choice))}</code>`).join(' ');
  const several = anyOf ?? oneOf ?? allOf;
  if (several) return [...new Set(several.map(kindOf))].join(' | ');
  if (items) return `${kindOf(items)} […]`;
  return escaped([[type].flat().join(' | '), format].filter(Boolean).join(', '));
}

/** A row of what may be given or is answered. */
export const row = (name: string, kind: string, about: string, needed: string | false): string =>
  `<tr><th scope="row"><code>${escaped(name)}</code>${needed ? `<small>${escaped(needed)}</small>` : ''}</th><td>${kind}</td><td>${about}</td></tr>`;

export const rowsInTable = (rows: readonly string[]): string =>
  rows.length === 0 ? '' : `<div class="table" tabindex="0"><table><tbody>${rows.join('\n')}</tbody></table></div>`;

/** Writes the fields of a schema, those within others below them by their path. */
export function fieldRows(schema: Schema, needed: string, above = ''): string[] {
  const { properties, items, anyOf, oneOf, allOf, required = [] } = schema;
  if (items) return fieldRows(items, needed, `${above}[]`);
  const several = allOf ?? anyOf ?? oneOf;
  if (several) return [...new Set(several.flatMap((each) => fieldRows(each, needed, above)))];
  return Object.entries(properties ?? {}).flatMap(([name, of]) => {
    const path = above ? `${above}.${name}` : name;
    const about = of.description ? marked(of.description) : '';
    return [row(path, kindOf(of), about, required.includes(name) && needed), ...fieldRows(of, needed, path)];
  });
}
