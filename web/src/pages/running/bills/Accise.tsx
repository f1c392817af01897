import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { taxesWords } from '../../../messages/running/taxes';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { Said } from '../../../parts/Said';
import tables from '../../../parts/Table.module.css';
import { type AcciseEntry, acciseQuery } from '../../../queries/accise';
import { perimeterQuery } from '../../../queries/perimeters';
import { acciseByDefault, acciseOn } from '../../../words/accise';
import { dayAt, fullDay, monthAt } from '../../../words/dates';
import { fullDayOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';
import { AcciseForm } from './AcciseForm';
import styles from './Bills.module.css';

/** Whether the accise is due: what holds, what was decided before, and another decision. */
export function Accise({ operation }: { operation: string }) {
  const words = useWords(taxesWords);
  const query = useQuery(acciseQuery(operation));
  const perimeter = useQuery(perimeterQuery(operation));
  const [isSaved, setSaved] = useState(false);
  return (
    <Card title={words.accise}>
      <p>{words.acciseHelp}</p>
      <Answer query={query}>
        {(accise) => {
          const { entries: all } = accise;
          const today = dayAt(new Date());
          const now = acciseOn(all, today);
          const byDefault = words.byDefault[acciseByDefault(accise, today)];
          return (
            <>
              <p>
                <strong>{words.now(now ? words.regimes[now.regime] : byDefault)}</strong>
              </p>
              <Said>{isSaved && words.saved}</Said>
              {all.length > 0 && <Decisions entries={all} />}
              <h3>{words.change}</h3>
              <Answer query={perimeter}>
                {({ valid_from }) => (
                  <AcciseForm
                    key={all.length}
                    operation={operation}
                    entry={now}
                    // The first one is to hold for all that was supplied so far.
                    firstDay={now ? `${monthAt(new Date())}-01` : valid_from}
                    onSaved={() => setSaved(true)}
                  />
                )}
              </Answer>
            </>
          );
        }}
      </Answer>
    </Card>
  );
}

function Decisions({ entries }: { entries: readonly AcciseEntry[] }) {
  const words = useWords(taxesWords);
  const language = useLanguage();
  return (
    <table className={tables.table}>
      <caption>{words.decisions}</caption>
      <thead>
        <tr>
          <th scope="col">{words.from}</th>
          <th scope="col">{words.regime}</th>
        </tr>
      </thead>
      <tbody>
        {entries.toReversed().map((entry) => (
          <tr key={entry.number}>
            <th className={styles.day} scope="row">
              {fullDay(entry.valid_from, language)}{' '}
              <span className={styles.beside}>
                {words.recorded(fullDayOf(entry.recorded_at, language))}
              </span>
            </th>
            <td>
              {words.choices[entry.regime]}{' '}
              <span className={styles.beside}>
                {[entry.legal_basis, entry.evidence].filter(Boolean).join(' · ')}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
