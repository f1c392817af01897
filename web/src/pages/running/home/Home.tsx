import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { homeWords } from '../../../messages/running/home';
import { Card } from '../../../parts/Card';
import { Heading } from '../../../parts/Heading';
import { PageAnswer } from '../../../parts/PageAnswer';
import { takesPart } from '../../../queries/me';
import { type Perimeter, perimeterQuery } from '../../../queries/perimeters';
import { dayAt, monthAt, monthLater, monthName } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';
import { MonthSteps } from '../MonthSteps';
import { Alerts } from './Alerts';
import { ToDo } from './ToDo';
import { Waiting } from './Waiting';

/** Months before the one that is under way. */
const SHOWN_BEFORE = 2;

/** How an operation stands: its last months, what is to be done, who waits, what is wrong. */
export function Home() {
  const { operation } = useParams({ from: '/inside/o/$operation' });
  const query = useQuery(perimeterQuery(operation));
  return (
    <PageAnswer query={query}>
      {(perimeter) => (
        <>
          <Heading>{perimeter.name}</Heading>
          <Size perimeter={perimeter} />
          <Months perimeter={perimeter} />
          <ToDo operation={operation} />
          <Alerts operation={operation} />
          <Waiting operation={operation} />
        </>
      )}
    </PageAnswer>
  );
}

function Size({ perimeter }: { perimeter: Perimeter }) {
  const words = useWords(homeWords);
  const today = dayAt(new Date());
  const standing = perimeter.participations.filter((stay) => takesPart(stay, today));
  const plants = standing.filter(({ direction }) => direction === 'production').length;
  return <p>{words.size(standing.length - plants, plants)}</p>;
}

function Months({ perimeter: { id, valid_from } }: { perimeter: Perimeter }) {
  const words = useWords(homeWords);
  const language = useLanguage();
  const now = monthAt(new Date());
  const months = Array.from({ length: SHOWN_BEFORE + 1 }, (_, before) => monthLater(now, -before));
  return (
    <>
      <h2>{words.months}</h2>
      {months
        .filter((month) => month >= valid_from.slice(0, 7))
        .map((month) => (
          <Card key={month} title={monthName(month, language)} level={3}>
            <MonthSteps operation={id} month={month} />
          </Card>
        ))}
    </>
  );
}
