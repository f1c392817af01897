import { useInfiniteQuery } from '@tanstack/react-query';
import { accessWords } from '../../messages/accesses';
import { Answer } from '../../parts/Answer';
import { More } from '../../parts/More';
import { type AccessGroup, groupAccesses } from '../../queries/accessDays';
import { accessesQuery } from '../../queries/accesses';
import type { Profile } from '../../queries/me';
import { dayLater, fullDay, isWholeMonth, monthName, timeAt } from '../../words/dates';
import { colon, useLanguage, useWords } from '../../words/language';
import { topicOf } from '../../words/topics';
import styles from './Consents.module.css';

/** Who looked at what is kept of a member: four services, one list. */
export function Accesses({ profile }: { profile: Profile }) {
  const words = useWords(accessWords);
  const language = useLanguage();
  const query = useInfiniteQuery(accessesQuery(profile.member.id, profile.participations));
  return (
    <>
      <h2>{words.title}</h2>
      <p className={styles.weak}>{words.help}</p>
      <Answer query={query}>
        {({ pages }) => {
          const days = groupAccesses(pages);
          if (days.length === 0) return <p>{words.none}</p>;
          return (
            <ul className={styles.days}>
              {days.map(([day, groups]) => (
                <li key={day}>
                  <h3>{fullDay(day, language)}</h3>
                  {groups.map((group) => (
                    <Look key={keyOf(group)} group={group} />
                  ))}
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

function Look({ group }: { group: AccessGroup }) {
  const words = useWords(accessWords);
  const language = useLanguage();
  const { route, role, isYou, count, days } = group;
  const first = timeAt(new Date(group.first), language);
  const last = timeAt(new Date(group.last), language);
  const daysIn = ({ from, to }: NonNullable<AccessGroup['days']>) => {
    const lastDay = dayLater(to, -1);
    return isWholeMonth(from, to)
      ? monthName(from, language)
      : words.ofDays(fullDay(from, language), fullDay(lastDay, language));
  };
  return (
    <p className={styles.look}>
      <span>
        <strong>{isYou ? words.you : words.who[role]}</strong>
        {colon(language)}
        {words.topics[topicOf(route)]}
        {days && `, ${daysIn(days)}`}
      </span>
      <span className={styles.weak}>
        {count === 1 ? words.at(last) : words.times(count, first, last)}
      </span>
    </p>
  );
}

function keyOf({ route, role, isYou, days }: AccessGroup): string {
  return [route, role, isYou, days?.from, days?.to].join(' ');
}
