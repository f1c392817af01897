import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { staffAreaWords } from '../../../messages/staff/area';
import { auditWords } from '../../../messages/staff/audit';
import chips from '../../../parts/Chip.module.css';
import tables from '../../../parts/Table.module.css';
import shared from '../../../parts/Together.module.css';
import { accountsQuery, nameOfSubject } from '../../../queries/accounts';
import type { Change } from '../../../queries/audit';
import { fieldChanges } from '../../../words/changes';
import { momentOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';
import styles from './ChangeLine.module.css';

/** The number of a point goes into no address. */
const HAS_PRM = /\d{14}/;

/** A change: what of, by whom, when, and what each field became. */
export function ChangeLine({ change }: { change: Change }) {
  const words = useWords(auditWords);
  const { services } = useWords(staffAreaWords);
  const language = useLanguage();
  const { data: accounts = [] } = useQuery(accountsQuery);
  const { service, entity, entity_id, action, subject, at, route } = change;
  const who = subject ? nameOfSubject(accounts, subject) : words.itself;
  return (
    <>
      <div className={shared.line}>
        <h2 className={shared.title}>
          <code>{entity}</code> {words.actions[action]}
        </h2>
        <span className={chips.chip}>{services[service]}</span>
      </div>
      <p className={shared.weak}>
        {momentOf(at, language)} · {who}
        {route && (
          <>
            {' · '}
            <code className={styles.long}>{route}</code>
          </>
        )}
      </p>
      <p className={shared.weak}>
        <code className={styles.long}>{entity_id}</code>{' '}
        {!HAS_PRM.test(entity_id) && (
          <Link
            to="/staff/audit"
            search={{ service, entity, entity_id }}
            aria-label={words.allOf(`${entity} ${entity_id}`)}
          >
            {words.history}
          </Link>
        )}
      </p>
      <Fields change={change} />
    </>
  );
}

function Fields({ change: { entity, before, after } }: { change: Change }) {
  const words = useWords(auditWords);
  const changes = fieldChanges(before, after);
  if (changes.length === 0) return null;
  return (
    <details>
      <summary>{words.fields(changes.length)}</summary>
      <table className={`${tables.table} ${styles.fields}`}>
        <caption>{words.fieldsOf(entity)}</caption>
        <thead>
          <tr>
            <th scope="col">{words.field}</th>
            <th scope="col">{words.before}</th>
            <th scope="col">{words.after}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((one) => (
            <tr key={one.field}>
              <th scope="row">{one.field}</th>
              <td translate="no">{one.before ?? words.nothing}</td>
              <td translate="no">{one.after ?? words.nothing}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
