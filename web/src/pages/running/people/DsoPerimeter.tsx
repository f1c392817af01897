import { useQuery } from '@tanstack/react-query';
import { dsoPerimeterWords } from '../../../messages/running/dsoPerimeter';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import shared from '../../../parts/Together.module.css';
import {
  departuresQuery,
  dsoPerimeterQuery,
  type DsoPerimeter as Published,
} from '../../../queries/dsoPerimeters';
import { fullDay } from '../../../words/dates';
import { fullDayOf } from '../../../words/instants';
import { colon, useLanguage, useWords } from '../../../words/language';
import { useNames } from '../names';

/** Where the grid operator's list of participants is another one than ours, and who has left. */
export function DsoPerimeter({ operation }: { operation: string }) {
  const words = useWords(dsoPerimeterWords);
  const query = useQuery(dsoPerimeterQuery(operation));
  return (
    <Card title={words.title}>
      <p>{words.help}</p>
      <Answer query={query}>
        {(published) => (published ? <Compared published={published} /> : <p>{words.none}</p>)}
      </Answer>
      <Departures operation={operation} />
    </Card>
  );
}

function Compared({ published }: { published: Published }) {
  const words = useWords(dsoPerimeterWords);
  const language = useLanguage();
  const { operation_id, differences, points, published_at } = published;
  const names = useNames(operation_id);
  const day = fullDayOf(published_at, language);
  if (differences.length === 0) return <p>{words.same(points, day)}</p>;
  return (
    <>
      <p className={shared.alert}>{words.differs(differences.length, day)}</p>
      <ul className={shared.list}>
        {differences.map(({ prm, direction, difference }) => (
          <li key={`${prm} ${direction}`}>
            {names.ofPoint(prm) + colon(language)}
            {words.differences[difference]}
          </li>
        ))}
      </ul>
    </>
  );
}

function Departures({ operation }: { operation: string }) {
  const words = useWords(dsoPerimeterWords);
  const language = useLanguage();
  const names = useNames(operation);
  const query = useQuery(departuresQuery(operation));
  return (
    <Answer query={query}>
      {(departures) =>
        departures.length > 0 && (
          <>
            <h3>{words.departures}</h3>
            <p>{words.departuresHelp}</p>
            <ul className={shared.list}>
              {departures.map(({ prm, reason, left_on }) => (
                <li key={`${prm} ${left_on}`}>
                  {names.ofPoint(prm) + colon(language)}
                  {words.reasons[reason](fullDay(left_on, language))}
                </li>
              ))}
            </ul>
          </>
        )
      }
    </Answer>
  );
}
