import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { closeWords } from '../../../messages/running/close';
import { Answer } from '../../../parts/Answer';
import { BackToOperation } from '../../../parts/Back';
import { Heading } from '../../../parts/Heading';
import { OtherMonths } from '../../../parts/OtherMonths';
import { PageAnswer } from '../../../parts/PageAnswer';
import { Why } from '../../../parts/Why';
import { operationMonthsQuery } from '../../../queries/operationMonths';
import { perimeterQuery } from '../../../queries/perimeters';
import { monthAt, monthLater, monthName } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';
import { MonthSteps } from '../MonthSteps';
import { Billing } from './Billing';
import { Data } from './Data';
import { Dso } from './Dso';
import { Files } from './Files';
import { Settling } from './Settling';
import { Shares } from './Shares';
import type { OfMonth } from './Step';

/** A month from its readings to its invoices, on one page: where it stands, and what to press. */
export function Close() {
  const { operation, month } = useParams({ from: '/inside/o/$operation/months/$month' });
  const words = useWords(closeWords);
  const language = useLanguage();
  const query = useQuery(perimeterQuery(operation));
  return (
    <PageAnswer query={query}>
      {({ name, valid_from }) => (
        <>
          <BackToOperation id={operation} name={name} />
          <Heading>{words.title(monthName(month, language))}</Heading>
          <Others operation={operation} month={month} first={valid_from.slice(0, 7)} />
          <Summary operation={operation} month={month} />
          <Why title={words.why}>
            <p>{words.whyData}</p>
            <p>{words.whyShares}</p>
            <p>{words.whyRest}</p>
          </Why>
          <Steps key={month} operation={operation} month={month} />
        </>
      )}
    </PageAnswer>
  );
}

/** Where the month stands. */
function Summary({ operation, month }: OfMonth) {
  const query = useQuery(operationMonthsQuery(operation, month, 1));
  return (
    <Answer query={query}>
      {([stands]) => stands && <MonthSteps operation={operation} month={stands} />}
    </Answer>
  );
}

function Steps(of: OfMonth) {
  return (
    <>
      <Data {...of} />
      <Shares {...of} />
      <Settling {...of} />
      <Dso {...of} />
      <Billing {...of} />
      <Files {...of} />
    </>
  );
}

/** The months before and after, from the operation's first to the one that it is. */
function Others({ operation, month, first }: OfMonth & { first: string }) {
  const beside = [monthLater(month, -1), monthLater(month, 1)];
  const now = monthAt(new Date());
  return (
    <OtherMonths
      month={month}
      months={beside.filter((one) => first <= one && one <= now).map((one) => ({ month: one }))}
      pageOf={(other) => ({
        to: '/o/$operation/months/$month',
        params: { operation, month: other },
      })}
    />
  );
}
