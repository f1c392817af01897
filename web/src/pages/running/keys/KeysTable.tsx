import { Link } from '@tanstack/react-router';
import { keysWords } from '../../../messages/running/keys';
import tables from '../../../parts/Table.module.css';
import shared from '../../../parts/Together.module.css';
import type { Adoption } from '../../../queries/keyLife';
import type { Key } from '../../../queries/keys';
import type { Poll } from '../../../queries/polls';
import { capitalized } from '../../../words/capitals';
import { dayAt } from '../../../words/dates';
import { inOrder, type KeyLife, lifeOf, momentOfKey } from '../../../words/keySteps';
import { OF_OPERATIONS, useLanguage, useWords } from '../../../words/language';
import styles from './Keys.module.css';
import { KeyToDo } from './KeyToDo';
import { keyDays, keyName, kindName } from './names';

interface KeysTableProps {
  operation: string;
  keys: readonly Key[];
  polls: readonly Poll[];
  adoptions: readonly Adoption[];
  noticeDays: number;
}

/** The same in words: the days of each, how far it has come, and the one thing to do. */
export function KeysTable({ operation, keys, polls, adoptions, noticeDays }: KeysTableProps) {
  const words = useWords(keysWords);
  const today = dayAt(new Date());
  return (
    <table className={`${tables.table} ${styles.keys}`}>
      <caption>{words.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.key}</th>
          <th scope="col">{words.days}</th>
          <th scope="col">{words.state}</th>
          <th scope="col">{words.next}</th>
        </tr>
      </thead>
      <tbody>
        {inOrder(keys, today).map((key) => (
          <Row
            key={key.id}
            operation={operation}
            version={key}
            life={lifeOf(key, polls, adoptions)}
            noticeDays={noticeDays}
          />
        ))}
      </tbody>
    </table>
  );
}

export interface RowProps {
  operation: string;
  version: Key;
  life: KeyLife;
  noticeDays: number;
}

function Row({ operation, version, life, noticeDays }: RowProps) {
  const words = useWords(keysWords);
  const language = useLanguage();
  const today = dayAt(new Date());
  const params = { operation, key: version.id };
  return (
    <tr>
      <th scope="row">
        <Link to="/o/$operation/keys/$key" params={params}>
          {version.title ? (
            <span lang={OF_OPERATIONS}>{version.title}</span>
          ) : (
            keyName(version, language)
          )}
        </Link>
        {version.title && (
          <span className={`${styles.under} ${shared.weak}`}>
            {kindName(version.definition, language)}
          </span>
        )}
      </th>
      <td>{capitalized(keyDays(version, language))}</td>
      <td>
        {words.moments[momentOfKey(version, today)]}
        <span className={`${styles.under} ${shared.weak}`}>{stateOf(version, life, words)}</span>
      </td>
      <td>
        <KeyToDo operation={operation} version={version} life={life} noticeDays={noticeDays} />
      </td>
    </tr>
  );
}

function stateOf(key: Key, { poll }: KeyLife, words: (typeof keysWords)['fr']): string {
  if (key.state === 'draft') {
    if (!poll) return '';
    return poll.state === 'closed' ? words.voted : words.voting;
  }
  // That it is active is said already.
  const state = key.state === 'active' ? '' : words.states[key.state];
  return [key.approved_by === 'poll' && words.adopted, state].filter(Boolean).join(', ');
}
