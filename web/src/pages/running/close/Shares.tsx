import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { closeWords } from '../../../messages/running/close';
import { sharesWords } from '../../../messages/running/shares';
import { Answer } from '../../../parts/Answer';
import facts from '../../../parts/Facts.module.css';
import hidden from '../../../parts/Hidden.module.css';
import reasons from '../../../parts/Reasons.module.css';
import tables from '../../../parts/Table.module.css';
import {
  type MonthDays,
  type OperationDay,
  type Summary,
  summaryQuery,
} from '../../../queries/shares';
import { shortDay } from '../../../words/dates';
import { daysText } from '../../../words/dayRanges';
import { groupsBy } from '../../../words/groups';
import { useLanguage, useWords } from '../../../words/language';
import { inKwh, kwh, whole } from '../../../words/numbers';
import { pointsText } from '../../../words/pointNames';
import { useNames } from '../names';
import styles from './Close.module.css';
import { useDays } from './days';
import { type OfMonth, Step } from './Step';

/** Which days have shares and why others have none; the balance of those that have. */
export function Shares({ operation, month }: OfMonth) {
  const words = useWords(sharesWords);
  const days = useDays({ operation, month });
  return (
    <Step name="shares" title={words.title}>
      <Answer query={days}>
        {(data) =>
          data.days.length === 0 ? (
            <p>{words.nobody}</p>
          ) : (
            <Shared operation={operation} month={month} data={data} />
          )
        }
      </Answer>
    </Step>
  );
}

function Shared({ operation, month, data }: OfMonth & { data: MonthDays }) {
  const words = useWords(sharesWords);
  const summary = useQuery(summaryQuery(operation, month));
  const shared = data.days.filter(({ status }) => status === 'allocated');
  return (
    <>
      <p>
        {shared.length === data.days.length
          ? words.allShared(shared.length)
          : words.shared(shared.length, data.days.length)}
      </p>
      <Reasons operation={operation} month={month} days={data.days} />
      {shared.length > 0 && (
        <>
          <Answer query={summary}>{(sums) => <Balance sums={sums} />}</Answer>
          <DayByDay days={data.days} />
        </>
      )}
    </>
  );
}

/** Days that have no shares, together with those that have none for the same reason. */
function Reasons({ operation, month, days }: OfMonth & { days: readonly OperationDay[] }) {
  const words = useWords(sharesWords);
  const { mend, mendKeys } = useWords(closeWords);
  const language = useLanguage();
  const names = useNames(operation);
  const without = days.filter(({ status }) => status !== 'allocated');
  const reasonOf = ({ status, missing }: OperationDay) => {
    if (status !== 'incomplete' || missing.length === 0) return words.why[status];
    return words.lacks(pointsText(missing, names, language));
  };
  return (
    <ul className={reasons.reasons}>
      {[...groupsBy(without, reasonOf)].map(([reason, ofReason]) => (
        <li key={reason}>
          <span>
            <strong>
              {daysText(
                ofReason.map(({ day }) => day),
                language,
              )}
            </strong>
            {` · ${reason}`}
          </span>
          {isMendedByKey(ofReason[0]) && (
            <Link to="/o/$operation/keys" params={{ operation }}>
              {mendKeys}
            </Link>
          )}
          {isMendedByData(ofReason[0]) && (
            <Link to="/o/$operation/months/$month" params={{ operation, month }} hash="data">
              {mend.data}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}

function isMendedByData(day: OperationDay | undefined): boolean {
  return day !== undefined && ['incomplete', 'no_readings'].includes(day.status);
}

function isMendedByKey(day: OperationDay | undefined): boolean {
  return day !== undefined && ['no_key', 'key_incomplete'].includes(day.status);
}

function Balance({ sums }: { sums: Summary }) {
  const words = useWords(sharesWords);
  const language = useLanguage();
  const { balance } = sums;
  const off = Math.abs(balance.production_wmin) + Math.abs(balance.consumption_wmin);
  const lines = [
    [words.produced, sums.production_wmin],
    [words.given, sums.shared_wmin],
    [words.surplus, sums.surplus_wmin],
    [words.consumed, sums.consumption_wmin],
    [words.local, sums.shared_wmin],
    [words.grid, sums.complement_wmin],
  ] as const;
  return (
    <>
      <h3>{words.balance}</h3>
      <dl className={facts.sums}>
        {lines.map(([name, wmin]) => (
          <div key={name} className={styles.sum}>
            <dt>{name}</dt>
            <dd>{kwh(wmin, language, 1)}</dd>
          </div>
        ))}
        <div className={`${styles.sum} ${facts.total}`}>
          <dt>{words.balanceOf}</dt>
          <dd>{words.exact(whole(off, language))}</dd>
        </div>
      </dl>
      <p>{off === 0 ? words.isExact : words.isNot}</p>
    </>
  );
}

function DayByDay({ days }: { days: readonly OperationDay[] }) {
  const words = useWords(sharesWords);
  const { day: dayWord, state } = useWords(closeWords);
  const language = useLanguage();
  const told = (wmin: number | null) => (wmin === null ? '–' : inKwh(wmin, language, 1));
  return (
    <details>
      <summary>{words.table}</summary>
      <div className={tables.scroll}>
        <table className={tables.numbers}>
          <caption className={hidden.hidden}>{words.table}</caption>
          <thead>
            <tr>
              <th scope="col">{dayWord}</th>
              <th scope="col">{words.produced}</th>
              <th scope="col">{words.consumed}</th>
              <th scope="col">{words.givenKwh}</th>
              <th scope="col">{state}</th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.day}>
                <th scope="row" className={tables.date}>
                  {shortDay(day.day, language)}
                </th>
                <td>{told(day.production_wmin)}</td>
                <td>{told(day.consumption_wmin)}</td>
                <td>{told(day.allocated_wmin)}</td>
                <td>{words.why[day.status]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
