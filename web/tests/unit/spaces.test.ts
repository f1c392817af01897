import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { both, unparted } from '../../src/words/language';
import { saidIn } from './said';

/** Where a line would begin with a sign of French, or end with its opening quote. */
const PARTED = / [:;!?»%€]|« /;
/** `both()` sees to what is in them. */
const CATALOGUES = 'messages/';

test('no line of a French catalogue begins with a sign, or ends with an opening quote', () => {
  const french = saidIn('fr').map(String);

  expect(french.filter((text) => text.includes('\u00a0:')).length).toBeGreaterThan(400);
  expect(french.filter((text) => PARTED.test(text))).toEqual([]);
});

test('what a catalogue makes of facts is set as what it says as it is', () => {
  const { fr, en } = both(
    { said: (name: string) => [`« ${name} » : 3 %`, { why: 'Vraiment ?' }] },
    { said: (name) => [`“${name}”: 3%`, { why: 'Really ?' }] },
  );

  expect(fr.said('Oui !')).toEqual([
    '«\u00a0Oui\u00a0!\u00a0»\u00a0: 3\u00a0%',
    { why: 'Vraiment\u00a0?' },
  ]);
  expect(en.said('Oui')).toEqual(['“Oui”: 3%', { why: 'Really ?' }]);
  expect(unparted(['12 kWh à 8:30', null, 4])).toEqual(['12 kWh à 8:30', null, 4]);
});

test('pages write nothing with such a space beside the catalogues', () => {
  const names = readdirSync('src', { recursive: true, encoding: 'utf8' });
  const others = names.filter((name) => /\.tsx?$/.test(name) && !name.startsWith(CATALOGUES));

  expect(others.length).toBeGreaterThan(300);
  const parted = others.flatMap((name) =>
    writtenIn(name)
      .filter((text) => PARTED.test(text))
      .map((text) => `${name}: ${text}`),
  );
  expect(parted).toEqual([]);
}, 60_000); // it parses all sources, on whatever else the machine does

/** Texts of a source, without its comments. */
function writtenIn(name: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isJsxText(node) || ts.isTemplateLiteralToken(node)) {
      texts.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, readFileSync(`src/${name}`, 'utf8'), ts.ScriptTarget.Latest));
  return texts;
}
