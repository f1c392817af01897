import { useQuery } from '@tanstack/react-query';
import { consentWords } from '../../../messages/consents';
import { memberWords } from '../../../messages/running/members';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import shared from '../../../parts/Together.module.css';
import { stands } from '../../../queries/consentRule';
import { consentsQuery } from '../../../queries/consents';
import { dayAt } from '../../../words/dates';
import { useWords } from '../../../words/language';
import type { Person } from '../../../words/people';

/** What somebody allows and refuses today, by point; who runs the operation changes none of it. */
export function ConsentsSeen({ person }: { person: Person }) {
  const words = useWords(memberWords);
  const said = useWords(consentWords);
  const query = useQuery(consentsQuery(person.id));
  const labels = new Map(person.points.map(({ prm, label }) => [prm, label]));
  return (
    <Card title={words.consents}>
      <p className={shared.weak}>{words.consentsHelp}</p>
      <Answer query={query}>
        {(consents) => {
          const standing = consents.filter(
            (consent) => stands(consent, dayAt(new Date())) && labels.has(consent.prm),
          );
          if (standing.length === 0) return <p>{words.noConsent}</p>;
          return (
            <ul>
              {standing.map(({ id, prm, purpose, granularity, answer }) => (
                <li key={id}>
                  {words.consent(
                    labels.get(prm) ?? '',
                    said.purposes[purpose][granularity],
                    said[answer],
                  )}
                </li>
              ))}
            </ul>
          );
        }}
      </Answer>
    </Card>
  );
}
