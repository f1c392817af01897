import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { auditWords } from '../../../messages/staff/audit';
import { Answer } from '../../../parts/Answer';
import { Heading } from '../../../parts/Heading';
import { More } from '../../../parts/More';
import shared from '../../../parts/Together.module.css';
import { auditQuery, mergedChanges } from '../../../queries/audit';
import { useWords } from '../../../words/language';
import { AuditFilters } from './AuditFilters';
import { ChangeLine } from './ChangeLine';

/** Who changed what in all four services, in one list. */
export function Audit() {
  const words = useWords(auditWords);
  const filter = useSearch({ from: '/inside/staff/audit' });
  const query = useInfiniteQuery(auditQuery(filter));
  return (
    <>
      <Heading>{words.title}</Heading>
      <p className={shared.lead}>{words.lead}</p>
      {/* Anew for another address: the fields show what is looked for. */}
      <AuditFilters key={JSON.stringify(filter)} filter={filter} />
      <Answer query={query}>
        {({ pages }) => {
          const changes = mergedChanges(pages);
          if (changes.length === 0) return <p>{words.none}</p>;
          return (
            <ul className={shared.list}>
              {changes.map((change) => (
                <li key={`${change.service} ${change.position}`}>
                  <ChangeLine change={change} />
                </li>
              ))}
            </ul>
          );
        }}
      </Answer>
      <More query={query}>{words.more}</More>
    </>
  );
}
