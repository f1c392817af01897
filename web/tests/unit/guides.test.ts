import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GUIDES } from '../../src/words/guides';

const FOLDER = '../docs/guide';

test.each(GUIDES)('each picture of the guide %s is there, and its page is compared', (guide) => {
  const text = readFileSync(`${FOLDER}/${guide}.md`, 'utf8');
  const pictures = [...text.matchAll(/!\[[^\]]+\]\(pictures\/([\w-]+)\.png\)/g)];

  expect(pictures.length).toBeGreaterThan(1);
  for (const [, name] of pictures) {
    expect([name, existsSync(`${FOLDER}/pictures/${name}.png`)]).toEqual([name, true]);
    expect([name, existsSync(`${FOLDER}/pictures/${name}.txt`)]).toEqual([name, true]);
  }
});

test('no picture is kept that no guide shows', () => {
  const texts = GUIDES.map((guide) => readFileSync(`${FOLDER}/${guide}.md`, 'utf8')).join();
  const unused = readdirSync(`${FOLDER}/pictures`).filter(
    (name) => !texts.includes(`pictures/${name.replace(/txt$/, 'png')}`),
  );

  expect(unused).toEqual([]);
});
