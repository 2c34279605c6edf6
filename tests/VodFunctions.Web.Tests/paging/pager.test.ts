import { expect, test } from 'vitest';
import { createPager } from 'web/paging/pager';

interface Item {
  id: string;
  text?: string;
}
const idOf = (item: Item) => item.id;
const items = (ids: string): Item[] => [...ids].map(id => ({ id }));

/** Answers page by page what a test has laid out, and knows what was asked. */
function source(pages: Record<string, { items: Item[]; cursor: string | null } | Error>) {
  const asked: string[] = [];
  return {
    asked,
    load: async (cursor: string | null) => {
      asked.push(cursor ?? 'first');
      const answer = pages[cursor ?? 'first']!;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
}

test('pages follow one another until the end', async () => {
  const { asked, load } = source({
    first: { items: items('ab'), cursor: '2' },
    2: { items: items('bc'), cursor: null },
  });
  const pager = createPager(load, idOf);
  await pager.more();
  await pager.more();
  await pager.more();
  expect(asked).toEqual(['first', '2']);
  expect(pager.listing.value).toMatchObject({ items: items('abc'), cursor: null, phase: 'idle' });
});

test('one page is read at a time', async () => {
  const { asked, load } = source({ first: { items: items('a'), cursor: null } });
  const pager = createPager(load, idOf);
  await Promise.all([pager.more(), pager.more()]);
  expect(asked).toEqual(['first']);
});

test('a page that failed is read again, and what was read stays', async () => {
  const fault = new Error('cut');
  const pages: Parameters<typeof source>[0] = { first: { items: items('a'), cursor: '2' }, 2: fault };
  const { load } = source(pages);
  const pager = createPager(load, idOf);
  await pager.more();
  await pager.more();
  expect(pager.listing.value).toMatchObject({ items: items('a'), phase: 'failed', error: fault });
  pages['2'] = { items: items('b'), cursor: null };
  await pager.more();
  expect(pager.listing.value).toMatchObject({ items: items('ab'), phase: 'idle', error: null });
});

test('a page that arrives after a new beginning is not added', async () => {
  let answer = (_: { items: Item[]; cursor: string | null }) => {};
  const pager = createPager<Item>(
    () =>
      new Promise(resolve => {
        answer = resolve;
      }),
    idOf,
  );
  const late = pager.more();
  pager.restart({ items: items('x'), cursor: 'x' });
  answer({ items: items('a'), cursor: null });
  await late;
  expect(pager.listing.value).toMatchObject({ items: items('x'), cursor: 'x', phase: 'idle' });
});

test('items are changed and removed in place', async () => {
  const { load } = source({ first: { items: items('abc'), cursor: null } });
  const pager = createPager(load, idOf);
  await pager.more();
  pager.put({ id: 'b', text: 'new' });
  pager.remove('a');
  expect(pager.listing.value.items).toEqual([{ id: 'b', text: 'new' }, { id: 'c' }]);
});
