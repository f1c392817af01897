import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const MOST = 20;

test('the page asks for few packages by name, each in one version', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const wanted = Object.entries<string>({ ...dependencies, ...devDependencies });

  expect(wanted.length).toBeLessThanOrEqual(MOST);
  expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});
