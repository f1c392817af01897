import { expect, test } from 'vitest';
import type { MemberList, PerimeterPreview } from '../../src/queries/imports';
import { cellsByLine, csvText, delimiterOf, rowsOf, withoutTabs } from '../../src/words/csv';
import {
  columnsAtFault,
  countsOf,
  entriesOf,
  ofMembers,
  ofParticipations,
} from '../../src/words/imports';

const TABLE =
  'reference;name;address\r\nM-1;Lucie;"14 rue\n99110 Pousselac"\r\n\r\nM-2;"Dit ""Lou""";x\r\n';

test('a row with breaks in its cells has the number of its first line', () => {
  expect(rowsOf(TABLE)).toEqual([
    { line: 1, cells: ['reference', 'name', 'address'] },
    { line: 2, cells: ['M-1', 'Lucie', '14 rue\n99110 Pousselac'] },
    { line: 5, cells: ['M-2', 'Dit "Lou"', 'x'] },
  ]);
  expect(cellsByLine(`\uFEFF${TABLE}`, 'name').get(5)).toBe('Dit "Lou"');
  expect(cellsByLine('reference,NAME\nM-1,Lucie', 'name').get(2)).toBe('Lucie');
});

test('cells that are pasted from a spreadsheet are told apart by semicolons', () => {
  const pasted = 'reference\tname\taddress\nM-1\tLucie; et fils\t"14 rue\n99110 Pousselac"\n';

  expect(delimiterOf(pasted)).toBe('\t');
  expect(withoutTabs(pasted)).toBe(
    'reference;name;address\r\nM-1;"Lucie; et fils";"14 rue\n99110 Pousselac"\r\n',
  );
  // One that has semicolons stays as it was sent.
  expect(withoutTabs(TABLE)).toBe(TABLE);
  expect(rowsOf(csvText([['a "b"', 'c;d']]))).toEqual([{ line: 1, cells: ['a "b"', 'c;d'] }]);
});

test('a refused line names its columns; what is no column is left as it is', () => {
  expect(columnsAtFault('prm: 14 digits; a spreadsheet may have made a number of it.')).toEqual([
    'prm',
  ]);
  expect(columnsAtFault('email: not an e-mail address. siren: not a SIREN.')).toEqual([
    'email',
    'siren',
  ]);
  expect(columnsAtFault('direction, valid_from: give both, or none.')).toEqual([
    'direction',
    'valid_from',
  ]);
  expect(columnsAtFault('Point 99: it overlaps the one that begins on 2026-01-01.')).toEqual([]);
});

test('both kinds of tables tell what they change line by line, and how much of it', () => {
  const members = ofMembers({
    preview: 'a',
    effects: [
      { line: 2, member: 'added', point: 'added', participation: null },
      { line: 3, member: 'unchanged', point: null, participation: null },
      { line: 4, member: 'added', point: 'changed', participation: 'added' },
    ],
    refused: [],
    breaches: [],
  } as unknown as MemberList);
  const participations = ofParticipations({
    preview: 'b',
    added: [{ line: 4 }],
    changed: [],
    ended: [{ line: 2 }],
    unchanged: 7,
    refused: [],
    breaches: [],
  } as unknown as PerimeterPreview);

  expect(members.lines.map(({ line }) => line)).toEqual([2, 4]);
  expect(members.unchanged).toBe(1);
  expect(countsOf(members)).toEqual([
    ['member', 'added', 2],
    ['point', 'added', 1],
    ['point', 'changed', 1],
    ['participation', 'added', 1],
  ]);
  expect(participations.lines).toEqual([
    { line: 2, changes: [['participation', 'ended']] },
    { line: 4, changes: [['participation', 'added']] },
  ]);
});

test('imported points that do not take part are still to come in', () => {
  const table = 'reference;prm;installed_power_w\nM-1;99;\nM-2;98;9000\nM-3;;\nM-4;97;\n';
  const effect = (line: number, point: string | null, participation: string | null) => ({
    line,
    member_id: `member ${line}`,
    point,
    participation,
  });
  const effects = [
    effect(2, 'added', null),
    effect(3, 'unchanged', null),
    effect(4, null, null),
    effect(5, 'added', 'added'),
  ];

  expect(entriesOf(table, { effects } as unknown as MemberList)).toEqual([
    { prm: '99', member_id: 'member 2', direction: 'consumption' },
    { prm: '98', member_id: 'member 3', direction: 'production' },
  ]);
});
