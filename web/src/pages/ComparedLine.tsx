import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { comparisonWords } from '../messages/comparison';
import { bothBillsQuery } from '../queries/bills';
import { type ListedMonth, monthsQuery, type PointMonth } from '../queries/months';
import { COMPARED, isAssumed, lastToCompare, monthsToCompare } from '../words/comparison';
import { monthBeside } from '../words/dates';
import { useLanguage, useWords } from '../words/language';
import { euros } from '../words/numbers';
import styles from './Month.module.css';

/**
 * How much more a month cost than the one before, and the way to why; of a month that is not
 * settled, the way to why the last one did.
 */
export function ComparedLine({ month, number }: { month: PointMonth; number: number }) {
  const words = useWords(comparisonWords);
  const language = useLanguage();
  const { data: months = [] } = useQuery(monthsQuery(month.operation_id, month.prm));
  const pair = monthsToCompare(months, month.month);
  if (pair) return <Difference prm={month.prm} number={number} {...pair} />;
  const last = lastToCompare(months, month.month);
  if (!last) return null;
  const { before, after } = last;
  const search = { point: number };
  return (
    <p className={`${styles.weak} ${styles.way}`}>
      <Link to="/month/$month" params={{ month: after.month }} search={search} hash={COMPARED}>
        {words.askOf(
          monthBeside(after.month, month.month, language),
          monthBeside(before.month, after.month, language),
        )}
      </Link>
    </p>
  );
}

interface DifferenceProps {
  prm: string;
  number: number;
  before: ListedMonth;
  after: ListedMonth;
}

function Difference({ prm, number, before, after }: DifferenceProps) {
  const words = useWords(comparisonWords);
  const language = useLanguage();
  const { data: bills } = useQuery(bothBillsQuery(prm, after.month));
  const { data: old } = useQuery({ ...bothBillsQuery(prm, before.month), enabled: !!bills });
  if (!old || !bills) return null;
  const more = bills.with_incl_vat_cents - old.with_incl_vat_cents;
  const name = monthBeside(before.month, after.month, language);
  return (
    <p className={styles.weak}>
      {more === 0 ? (
        words.sameAs(name)
      ) : (
        <>
          <strong className={styles.saving}>
            {isAssumed(old, bills) && '≈ '}
            {euros(Math.abs(more), language)}
          </strong>{' '}
          {more > 0 ? words.moreThan(name) : words.lessThan(name)}
        </>
      )}
      <span className={styles.way}>
        {' · '}
        <Link
          to="/month/$month"
          params={{ month: after.month }}
          search={{ point: number }}
          hash={COMPARED}
        >
          {words.whyHere}
        </Link>
      </span>
    </p>
  );
}
