import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { homeWords } from '../../../messages/running/home';
import { setUpWords } from '../../../messages/running/setUp';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { Heading } from '../../../parts/Heading';
import { PageAnswer } from '../../../parts/PageAnswer';
import { takesPart } from '../../../queries/me';
import { type OperationMonth, operationMonthsQuery } from '../../../queries/operationMonths';
import { type Perimeter, perimeterQuery } from '../../../queries/perimeters';
import { setUpQuery } from '../../../queries/setUp';
import { dayAt, monthAt, monthName } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';
import { isBilled } from '../../../words/monthSteps';
import { MonthSteps } from '../MonthSteps';
import { Path } from '../setup/SetUp';
import { Alerts } from './Alerts';
import { ToDo } from './ToDo';
import { Waiting } from './Waiting';

/** The others are folded. */
const SHOWN = 3;
const YEAR = 12;

/** How an operation stands: what is to be done, what is wrong, its last months, who waits. */
export function Home() {
  const { operation } = useParams({ from: '/inside/o/$operation' });
  const query = useQuery(perimeterQuery(operation));
  return (
    <PageAnswer query={query}>
      {(perimeter) => (
        <>
          <Heading>{perimeter.name}</Heading>
          <Size perimeter={perimeter} />
          <ToDo operation={operation} />
          <Alerts operation={operation} />
          <Months perimeter={perimeter} />
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
  const query = useQuery(operationMonthsQuery(id, monthAt(new Date()), YEAR));
  const first = valid_from.slice(0, 7);
  return (
    <Answer query={query}>
      {(all) => {
        if (all.every(isEmpty)) return <SettingUp operation={id} hasMonths={false} />;
        const months = all.filter(({ month }) => month >= first).reverse();
        const [shown, rest] = [months.slice(0, SHOWN), months.slice(SHOWN)];
        return (
          <>
            {!all.some(isBilled) && <SettingUp operation={id} hasMonths />}
            <h2>{words.months}</h2>
            <Cards operation={id} months={shown} />
            {rest.length > 0 && (
              <details>
                <summary>{words.earlierMonths}</summary>
                <Cards operation={id} months={rest} />
              </details>
            )}
          </>
        );
      }}
    </Answer>
  );
}

/** Nothing has come and nothing was issued: there is no month to show. */
function isEmpty({ data, bills }: OperationMonth): boolean {
  return data.received === 0 && bills.issued === 0;
}

interface SettingUpProps {
  operation: string;
  hasMonths: boolean;
}

/** The path, as long as no month was billed. */
function SettingUp({ operation, hasMonths }: SettingUpProps) {
  const words = useWords(setUpWords);
  const query = useQuery(setUpQuery(operation));
  return (
    <Card title={words.path}>
      {!hasMonths && <p>{words.nothingYet}</p>}
      <Answer query={query}>{(setUp) => <Path operation={operation} setUp={setUp} />}</Answer>
    </Card>
  );
}

function Cards({ operation, months }: { operation: string; months: readonly OperationMonth[] }) {
  const language = useLanguage();
  return months.map((month) => (
    <Card key={month.month} title={monthName(month.month, language)} level={3}>
      <MonthSteps operation={operation} month={month} />
    </Card>
  ));
}
