import { useQuery } from '@tanstack/react-query';
import { importWords } from '../../../messages/running/imports';
import { QuietButton } from '../../../parts/QuietButton';
import { saveFile } from '../../../parts/save';
import { operationPointsQuery } from '../../../queries/points';
import { csvText } from '../../../words/csv';
import { COLUMNS, type ListKind } from '../../../words/imports';
import { useWords } from '../../../words/language';

const MEMBER_LINES = [
  'M-001;household;Lucie Exemple;"14 rue des Encriers\n99110 Pousselac";lucie@example.org;;;fr;;99110000000901;Maison;6000;;;;;',
  'M-002;company;Fournil Exemple;3 place du Foirail;;995000031;;fr;;99110000000902;Fournil;36000;;;;;',
];

/** Spreadsheets take a text for UTF-8 if it begins so. */
const MARK = '\uFEFF';

/** A table to begin with: of members an example, of participations those that there are. */
export function Template({ operation, kind }: { operation: string; kind: ListKind }) {
  const words = useWords(importWords);
  const { data: points = [] } = useQuery(operationPointsQuery(operation));
  const rows =
    kind === 'members'
      ? MEMBER_LINES.map((line) => `${line}\r\n`).join('')
      : csvText(
          points.map(({ prm, direction, member_id, valid_from, valid_to }) => [
            prm,
            direction,
            member_id,
            valid_from,
            valid_to ?? '',
          ]),
        );
  return (
    <QuietButton
      onPress={() =>
        saveFile(
          words.templateName[kind],
          new Blob([MARK, csvText([COLUMNS[kind]]), rows], { type: 'text/csv' }),
        )
      }
    >
      {words.template}
    </QuietButton>
  );
}
