import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { monthsWords } from '../../../messages/months';
import { closeWords } from '../../../messages/running/close';
import { Answer } from '../../../parts/Answer';
import back from '../../../parts/Back.module.css';
import { Beside } from '../../../parts/Beside';
import { Heading } from '../../../parts/Heading';
import { Icon } from '../../../parts/Icon';
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
          <Link className={back.back} to="/o/$operation" params={{ operation }}>
            <Icon name="before" />
            {name}
          </Link>
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

function Others({ operation, month, first }: OfMonth & { first: string }) {
  const words = useWords(monthsWords);
  const [before, after] = [monthLater(month, -1), monthLater(month, 1)];
  const to = '/o/$operation/months/$month';
  return (
    <Beside label={words.others}>
      {before >= first && (
        <Link to={to} params={{ operation, month: before }} aria-label={words.before}>
          <Icon name="before" />
        </Link>
      )}
      {after <= monthAt(new Date()) && (
        <Link to={to} params={{ operation, month: after }} aria-label={words.after}>
          <Icon name="after" />
        </Link>
      )}
    </Beside>
  );
}
