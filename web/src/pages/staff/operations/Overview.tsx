import { useQueries, useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { overviewWords } from '../../../messages/staff/operations';
import { Answer } from '../../../parts/Answer';
import { Failed } from '../../../parts/Failed';
import { Heading } from '../../../parts/Heading';
import shared from '../../../parts/Together.module.css';
import {
  monthsAfterQuery,
  OPERATIONS_AT_ONCE,
  type OperationMonth,
} from '../../../queries/operationMonths';
import { runOperationsQuery } from '../../../queries/perimeters';
import { monthAt, monthLater } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';
import { operationsShown, type RunOperation } from '../../../words/overview';
import { MonthsTable } from './MonthsTable';
import { OverviewFilters } from './OverviewFilters';
import { OverviewLegend } from './OverviewLegend';
import { Paging } from './Paging';

/** So many are drawn at once. */
const ROWS = 50;
const MONTHS = 12;

/** All operations, and how far each of their last twelve months has come. */
export function Overview() {
  const words = useWords(overviewWords);
  const query = useQuery(runOperationsQuery);
  return (
    <>
      <Heading>{words.title}</Heading>
      <p className={shared.lead}>{words.lead}</p>
      <Link className={shared.more} to="/o">
        {words.cards}
      </Link>
      <OverviewLegend />
      <OverviewFilters />
      <Answer query={query}>{(operations) => <Shown operations={operations} />}</Answer>
    </>
  );
}

function Shown({ operations }: { operations: readonly RunOperation[] }) {
  const words = useWords(overviewWords);
  const language = useLanguage();
  const { page = 1, ...filter } = useSearch({ from: '/inside/staff/operations' });
  const last = monthAt(new Date());
  // The newest first: it is seen without scrolling. The same as long as it is the same month: rows that have not changed are not drawn again.
  const monthNames = useMemo(
    () => Array.from({ length: MONTHS }, (_, place) => monthLater(last, -place)),
    [last],
  );
  const { months, isComplete, failed } = useMonthsOfAll(operations, last);
  const shown = operationsShown(operations, months, filter, language);
  const pages = Math.max(1, Math.ceil(shown.length / ROWS));
  const here = Math.min(page, pages);
  const isCounted = isComplete || !filter.behind;
  return (
    <>
      <p className={shared.weak} role="status">
        {isCounted ? words.shown(shown.length) : words.coming}
      </p>
      {failed && <Failed error={failed.error} onRetry={failed.retry} />}
      {shown.length === 0 ? (
        isCounted && <p>{words.none}</p>
      ) : (
        <MonthsTable
          operations={shown.slice((here - 1) * ROWS, here * ROWS)}
          monthNames={monthNames}
          months={months}
        />
      )}
      <Paging page={here} pages={pages} />
    </>
  );
}

/** By operation, as far as they have come: a page of them is shown before the others are there. */
function useMonthsOfAll(operations: readonly RunOperation[], last: string) {
  const ids = operations.map(({ id }) => id).sort();
  const begins = ids.filter((_, place) => place % OPERATIONS_AT_ONCE === 0);
  const answers = useQueries({
    queries: begins.map((begin) => {
      const before = ids[ids.indexOf(begin) - 1];
      return monthsAfterQuery(before, last, MONTHS);
    }),
  });
  const months = new Map<string, OperationMonth[]>(
    answers.flatMap(({ data }) => [...(data ?? [])]),
  );
  const failures = answers.filter(({ error, data }) => error && !data);
  const [first] = failures;
  return {
    months,
    isComplete: answers.every(({ data }) => data),
    failed: first?.error && {
      error: first.error,
      retry: () => failures.forEach(({ refetch }) => void refetch()),
    },
  };
}
