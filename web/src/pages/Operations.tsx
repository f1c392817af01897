import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { operationsWords } from '../messages/operations';
import { Answer } from '../parts/Answer';
import go from '../parts/Go.module.css';
import { Heading } from '../parts/Heading';
import { Icon } from '../parts/Icon';
import { SearchField } from '../parts/SearchField';
import { type PublicOperation, publicOperationsQuery } from '../queries/publicOperations';
import { useLanguage, useWords } from '../words/language';
import { power } from '../words/numbers';
import { matching } from '../words/publicOperations';
import styles from './Operations.module.css';

/** So many are seen at a glance. */
const AT_A_GLANCE = 6;

/** What the public is shown: where neighbours share electricity already, and how to begin. */
export function Operations() {
  const words = useWords(operationsWords);
  const query = useQuery(publicOperationsQuery);
  return (
    <>
      <Heading>{words.title}</Heading>
      <p className={styles.lead}>{words.lead}</p>
      <details>
        <summary>{words.howItWorks}</summary>
        <ol>
          {words.howItWorksText.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ol>
      </details>
      <Answer query={query}>
        {(operations) =>
          operations.length === 0 ? <p>{words.none}</p> : <Listed operations={operations} />
        }
      </Answer>
      <section className={styles.ask}>
        <h2>{words.askTitle}</h2>
        <p>{words.ask}</p>
        <Link className={go.quiet} to="/request">
          {words.askButton}
        </Link>
      </section>
    </>
  );
}

function Listed({ operations }: { operations: PublicOperation[] }) {
  const words = useWords(operationsWords);
  const [looked, look] = useState('');
  const matches = matching(operations, looked);
  return (
    <>
      {operations.length > AT_A_GLANCE && (
        <SearchField label={words.find} value={looked} onChange={look} />
      )}
      {/* Said as one types, and no sooner. */}
      <p className={styles.weak} role="status">
        {looked && (matches.length === 0 ? words.noMatch : words.count(matches.length))}
      </p>
      <ul className={styles.cards}>
        {matches.map((operation) => (
          <OperationCard key={operation.id} operation={operation} />
        ))}
      </ul>
    </>
  );
}

function OperationCard({ operation }: { operation: PublicOperation }) {
  const words = useWords(operationsWords);
  const language = useLanguage();
  const { id, name, commune_names, member_count, plants, takes_members } = operation;
  const figures = [
    member_count === null ? null : `${member_count} ${words.members(member_count)}`,
    ...plants.map(({ production_kind, installed_kwc }) => {
      const kind = production_kind && words.kinds[production_kind];
      const size = installed_kwc && power(installed_kwc, production_kind === 'solar', language);
      return [kind, size].filter(Boolean).join(' ') || null;
    }),
  ].filter((figure) => figure !== null);
  return (
    <li className={styles.card}>
      <h2>
        <Link to="/operations/$operation" params={{ operation: id }}>
          {name}
        </Link>
      </h2>
      {commune_names.length > 0 && (
        <p className={styles.place}>
          <Icon name="place" /> {commune_names.join(', ')}
        </p>
      )}
      <p className={styles.weak}>{words.by(operation.organiser_name)}</p>
      {figures.length > 0 && (
        <ul className={styles.cardFigures}>
          {figures.map((figure) => (
            <li key={figure}>{figure}</li>
          ))}
        </ul>
      )}
      <p className={takes_members ? styles.open : styles.weak}>
        {takes_members ? words.takesMembers : words.full}
      </p>
    </li>
  );
}
