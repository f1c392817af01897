import { expect, test } from 'vitest';
import { allPages } from '../../src/queries/allPages';

test.each([
  [[], [undefined]],
  [['a'], [undefined]],
  [
    ['a', 'b'],
    [undefined, 'b'],
  ],
  [
    ['a', 'b', 'c', 'd', 'e'],
    [undefined, 'b', 'd'],
  ],
])('all of %j, with a page asked for after each of %j', async (ids, afters) => {
  const asked: (string | undefined)[] = [];
  const all = await allPages(
    2,
    async ({ limit, after }) => {
      asked.push(after);
      const from = after ? ids.indexOf(after) + 1 : 0;
      return ids.slice(from, from + limit).map((id) => ({ id }));
    },
    ({ id }) => id,
  );

  expect(all.map(({ id }) => id)).toEqual(ids);
  expect(asked).toEqual(afters);
});
