import { describe, expect, it } from 'vitest';
import type { SuccessAnswer } from './answers.ts';
import { eachPage } from './pages.ts';

const answer = (body: unknown, link?: string): SuccessAnswer => ({
  status: 200,
  headers: new Headers(link === undefined ? {} : { Link: link }),
  body,
});
const entries = (...ids: string[]): { id: string }[] => ids.map((id) => ({ id }));

/** What is asked of a server that gives these answers, and the ids that come of it. */
async function read(
  answers: SuccessAnswer[],
  asked?: Record<string, unknown>,
): Promise<{ queries: unknown[]; ids: string[] }> {
  const queries: unknown[] = [];
  const ids: string[] = [];
  const pages = eachPage(async (query) => {
    queries.push(query);
    const next = answers[queries.length - 1];
    if (!next) throw new Error('one question too many');
    return next;
  }, asked);
  for await (const page of pages) ids.push(...(page as { id: string }[]).map(({ id }) => id));
  return { queries, ids };
}

describe('a list', () => {
  it('is read on from where each page ends, until one is empty', async () => {
    const { queries, ids } = await read([answer(entries('a', 'b')), answer(entries('c')), answer([])], {
      status: 'ok',
    });
    expect(ids).toEqual(['a', 'b', 'c']);
    expect(queries).toEqual([0, 2, 3].map((offset) => ({ status: 'ok', limit: 100, ...(offset && { offset }) })));
  });

  it('begins and is cut where it is asked to', async () => {
    const { queries } = await read([answer(entries('a', 'b')), answer([])], { offset: 10, limit: 2 });
    expect(queries).toEqual([
      { offset: 10, limit: 2 },
      { offset: 12, limit: 2 },
    ]);
  });

  it('is read along its links, which never lead to another server, and ends with the last', async () => {
    const next = '<https://elsewhere.example/x?cursor=b&limit=2>; rel="next"';
    const { queries, ids } = await read([answer(entries('a', 'b'), next), answer(entries('c'))]);
    expect(ids).toEqual(['a', 'b', 'c']);
    expect(queries).toEqual([{ limit: 100 }, { cursor: 'b', limit: '2' }]);
  });

  it('has each entry once although new ones push old ones to the next page', async () => {
    const { ids } = await read([answer(entries('c', 'b')), answer(entries('b', 'a')), answer([])]);
    expect(ids).toEqual(['c', 'b', 'a']);
  });

  it('comes to an end on a server that knows no offset, and tells entries without ids apart', async () => {
    const countries = [{ iso_code: 'FR' }, { iso_code: 'ES' }];
    const { queries } = await read([answer(countries), answer(countries)]);
    expect(queries).toHaveLength(2);
  });

  it('that is none is an error, not the end', async () => {
    await expect(read([answer({ data: [] })])).rejects.toMatchObject({ name: 'UnreadableAnswerError' });
  });
});
