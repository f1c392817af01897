import { useQuery } from '@tanstack/react-query';
import { declarationWords } from '../../../messages/running/declarations';
import { Answer } from '../../../parts/Answer';
import type { DeclarationLine } from '../../../queries/declarations';
import { enrolmentsQuery } from '../../../queries/enrolments';
import { fullDay } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';

interface DeclarationLinesProps {
  operation: string;
  lines: readonly DeclarationLine[];
}

/** Who enters and who leaves by a declaration, and when. */
export function DeclarationLines({ operation, lines }: DeclarationLinesProps) {
  const words = useWords(declarationWords);
  const language = useLanguage();
  const query = useQuery(enrolmentsQuery(operation));
  return (
    <Answer query={query}>
      {(enrolments) => (
        <ul>
          {lines.map(({ enrolment_id, movement, day }) => {
            const enrolment = enrolments.find(({ id }) => id === enrolment_id);
            const name = enrolment?.member_name ?? words.gaveUp;
            return (
              <li key={`${enrolment_id} ${movement}`}>
                {words[movement](name, enrolment?.point_label ?? '', fullDay(day, language))}
              </li>
            );
          })}
        </ul>
      )}
    </Answer>
  );
}

export function movementsIn(lines: readonly DeclarationLine[]) {
  const entries = lines.filter(({ movement }) => movement === 'entry').length;
  return { entries, exits: lines.length - entries };
}
