import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { depositWords } from '../../../messages/running/deposits';
import { Answer } from '../../../parts/Answer';
import { BackToKeys } from '../../../parts/Back';
import { Heading } from '../../../parts/Heading';
import { OtherMonths } from '../../../parts/OtherMonths';
import { Why } from '../../../parts/Why';
import { depositMonthQuery } from '../../../queries/deposits';
import { monthAt, monthLater, monthName } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';
import type { OfMonth } from '../close/Step';
import { CurrentDeposit } from './CurrentDeposit';
import { Depositing } from './Depositing';
import { Entries } from './Entries';
import { RegimeOfMonth } from './RegimeOfMonth';
import { Standing } from './Standing';

/** How far ahead one can look: an operation has three months to get ready. */
const AHEAD = 4;

/** What is deposited before a month: until when, by whom each one's part, and that it was sent. */
export function Deposits() {
  const { operation } = useParams({ from: '/inside/o/$operation/keys/deposits' });
  const search = useSearch({ from: '/inside/o/$operation/keys/deposits' });
  const words = useWords(depositWords);
  const language = useLanguage();
  const now = monthAt(new Date());
  const month = search.month ?? monthLater(now, 1);
  const beside = [monthLater(month, -1), monthLater(month, 1)];
  return (
    <>
      <BackToKeys operation={operation} />
      <Heading>{words.title(monthName(month, language))}</Heading>
      <OtherMonths
        month={month}
        months={beside
          .filter((one) => one <= monthLater(now, AHEAD))
          .map((one) => ({ month: one }))}
        pageOf={(other) => ({
          to: '/o/$operation/keys/deposits',
          params: { operation },
          search: { month: other },
        })}
      />
      <OfOneMonth key={month} operation={operation} month={month} />
      <Why title={words.why}>
        <p>{words.whyText}</p>
      </Why>
    </>
  );
}

function OfOneMonth({ operation, month }: OfMonth) {
  const query = useQuery(depositMonthQuery(operation, month));
  return (
    <Answer query={query}>
      {(standing) => {
        const current = standing.deposits.find(({ number }) => number === standing.current);
        const isTaken = standing.state !== 'not_taken' && standing.state !== 'not_needed';
        return (
          <>
            <Standing standing={standing} />
            {current && <CurrentDeposit head={current} isOpen={standing.is_open} />}
            {standing.is_open && isTaken && (
              <Depositing
                key={standing.current}
                operation={operation}
                month={month}
                isFirst={!current}
              />
            )}
            <RegimeOfMonth operation={operation} month={month} />
            <Entries entries={standing.deposits} />
          </>
        );
      }}
    </Answer>
  );
}
