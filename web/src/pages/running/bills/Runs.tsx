import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { billsAreaWords } from '../../../messages/running/bills';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import go from '../../../parts/Go.module.css';
import tables from '../../../parts/Table.module.css';
import { type Run, runsQuery } from '../../../queries/runs';
import { monthName } from '../../../words/dates';
import { type Language, useLanguage, useWords } from '../../../words/language';
import { euros } from '../../../words/numbers';
import { lastMonthOf, quarterOf } from '../../../words/periods';
import styles from './Bills.module.css';

/** More are on the pages of their months. */
const SHOWN = 24;

/** What was prepared and issued, the newest first, each with the month that it is of. */
export function Runs({ operation }: { operation: string }) {
  const words = useWords(billsAreaWords);
  const query = useQuery(runsQuery(operation));
  return (
    <Card title={words.runs}>
      <Answer query={query}>
        {(runs) =>
          runs.length === 0 ? (
            <p>{words.noRun}</p>
          ) : (
            <InTable operation={operation} runs={runs.slice(0, SHOWN)} />
          )
        }
      </Answer>
      <p>
        <Link className={go.quiet} to="/o/$operation/months" params={{ operation }}>
          {words.toClosing}
        </Link>
      </p>
    </Card>
  );
}

function InTable({ operation, runs }: { operation: string; runs: readonly Run[] }) {
  const words = useWords(billsAreaWords);
  const language = useLanguage();
  return (
    <table className={tables.table}>
      <caption>{words.runs}</caption>
      <thead>
        <tr>
          <th scope="col">{words.period}</th>
          <th scope="col">{words.state}</th>
          <th className={styles.total} scope="col">
            {words.total}
          </th>
        </tr>
      </thead>
      <tbody>
        {runs.map(({ id, period, state, documents, issued, total_cents }) => {
          const month = lastMonthOf(period);
          return (
            <tr key={id}>
              <th className={styles.day} scope="row">
                <Link to="/o/$operation/months/$month" params={{ operation, month }} hash="bills">
                  {nameOf(period, language)}
                </Link>
              </th>
              <td>
                {words.states[state]}{' '}
                <span className={styles.beside}>{words.documents(issued, documents)}</span>
              </td>
              <td className={tables.number}>{euros(total_cents, language)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function nameOf(period: string, language: Language): string {
  const quarter = quarterOf(period);
  if (!quarter) return monthName(period, language);
  return billsAreaWords[language].quarter(quarter.number, quarter.year);
}
