import { Link } from '@tanstack/react-router';
import { setUpFormWords } from '../../../messages/running/setUpForms';
import go from '../../../parts/Go.module.css';
import { capitalized } from '../../../words/capitals';
import { fullDay, monthLater, monthName } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';
import { isOver } from '../../../words/monthSteps';
import { firstMonthOf } from '../../../words/setUpSteps';
import type { OfSetUp } from './ofSetUp';

/** The way to the close of the operation's first month, once it is over. */
export function FirstMonth({ operation, setUp }: OfSetUp) {
  const words = useWords(setUpFormWords);
  const language = useLanguage();
  const invoiced = setUp.months.find(({ bills }) => bills.issued > 0)?.month;
  const month = invoiced ?? firstMonthOf(setUp.operation.valid_from, setUp.points);
  const name = monthName(month, language);
  if (!isOver(month)) {
    const day = fullDay(`${monthLater(month, 1)}-01`, language);
    return <p>{words.monthToCome(name, day)}</p>;
  }
  return (
    <>
      {invoiced && <p>{words.invoiced(capitalized(name))}</p>}
      <Link className={go.go} to="/o/$operation/months/$month" params={{ operation, month }}>
        {words.toClose(name)}
      </Link>
    </>
  );
}
