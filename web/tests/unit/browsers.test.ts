import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/**
 * What the oldest browsers that we mean do not know (ADR 0026), and no build makes older. Of the
 * language itself the types of ES2023 know no more than they do.
 */
const TOO_YOUNG = /\bURL\.(parse|canParse)\(|\.groupBy\(|\bAbortSignal\.any\(/;

test('the page asks nothing of a browser that older ones lack', () => {
  const files = globSync('src/**/*.{ts,tsx}', { exclude: (path) => path.includes('schema') });
  const found = files.filter((path) => TOO_YOUNG.test(readFileSync(path, 'utf8')));

  expect(files.length).toBeGreaterThan(100);
  expect(found).toEqual([]);
});
