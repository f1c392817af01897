import { useQuery } from '@tanstack/react-query';
import { dsoFileWords } from '../../../messages/staff/dsoFiles';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import shared from '../../../parts/Together.module.css';
import { heldReadingsQuery, heldResultsQuery } from '../../../queries/dsoFiles';
import { fullDay, monthName } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';

/** What came and waits: readings for a participation, results for a perimeter. */
export function Held() {
  const words = useWords(dsoFileWords);
  return (
    <Card title={words.held}>
      <p className={shared.weak}>{words.heldHelp}</p>
      <HeldReadings />
      <HeldResults />
    </Card>
  );
}

function HeldReadings() {
  const words = useWords(dsoFileWords);
  const language = useLanguage();
  const query = useQuery(heldReadingsQuery);
  return (
    <Answer query={query}>
      {(points) =>
        points.length === 0 ? (
          <p>{words.noHeldReadings}</p>
        ) : (
          <ul>
            {points.map(({ id, prm, direction, days, first_day, last_day }) => (
              <li key={id}>
                {`${words.point} ${prm}, ${words.directions[direction]} · ${words.heldDays(days)}, `}
                {words.days(fullDay(first_day, language), fullDay(last_day, language))}
              </li>
            ))}
          </ul>
        )
      }
    </Answer>
  );
}

function HeldResults() {
  const words = useWords(dsoFileWords);
  const language = useLanguage();
  const query = useQuery(heldResultsQuery);
  return (
    <Answer query={query}>
      {(operations) =>
        operations.length === 0 ? (
          <p>{words.noHeldResults}</p>
        ) : (
          <ul>
            {operations.map(({ operation_id, months }) => (
              <li key={operation_id}>
                {`${words.operation} ${operation_id} · `}
                {months.map((month) => monthName(month, language)).join(', ')}
              </li>
            ))}
          </ul>
        )
      }
    </Answer>
  );
}
