import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { notificationWords } from '../messages/notifications';
import { Answer } from '../parts/Answer';
import { Heading } from '../parts/Heading';
import { More } from '../parts/More';
import { QuietButton } from '../parts/QuietButton';
import { Refusal } from '../parts/Refusal';
import shared from '../parts/Together.module.css';
import { meQuery } from '../queries/me';
import { markSeen, type Notification, notificationsQuery } from '../queries/notifications';
import { momentOf } from '../words/instants';
import { colon, type Language, useLanguage, useWords } from '../words/language';
import { pageOf } from '../words/links';
import { noticeLines, withDaysInWords } from '../words/notices';
import styles from './Notifications.module.css';

/** What one was told, the newest first; each leads to what it is about. */
export function Notifications() {
  const words = useWords(notificationWords);
  const query = useInfiniteQuery(notificationsQuery);
  const { marking, isAllSeen } = useMarking();
  return (
    <>
      <Heading>{words.title}</Heading>
      <Link className={shared.more} to="/notifications/settings">
        {words.settings}
      </Link>
      <Answer query={query}>
        {({ pages }) => {
          const unseen = pages[0]?.unseen_count ?? 0;
          const all = pages.flatMap(({ notifications }) => notifications);
          return (
            <>
              {all.length === 0 && <p>{words.none}</p>}
              {all.length > 0 && <p>{words.unseen(unseen)}</p>}
              {unseen > 0 && (
                <QuietButton onPress={() => marking.mutate(null)}>{words.allSeen}</QuietButton>
              )}
              <p role="status">{isAllSeen && words.seen}</p>
              <Refusal error={marking.error} />
              <ul className={shared.list}>
                {all.map((one) => (
                  <Line key={one.id} notification={one} onOpen={() => marking.mutate([one.id])} />
                ))}
              </ul>
            </>
          );
        }}
      </Answer>
      <More query={query}>{words.more}</More>
    </>
  );
}

/** Marks some, or all, as seen; the bell counts anew. */
function useMarking() {
  const queries = useQueryClient();
  const marking = useMutation({
    mutationFn: markSeen,
    onSuccess: ({ unseen_count }) => {
      queries.setQueryData(meQuery.queryKey, (me) => me && { ...me, unseen_count });
      return queries.invalidateQueries(notificationsQuery);
    },
  });
  return { marking, isAllSeen: marking.isSuccess && marking.variables === null };
}

interface LineProps {
  notification: Notification;
  onOpen: () => void;
}

function Line({ notification, onOpen }: LineProps) {
  const words = useWords(notificationWords);
  const language = useLanguage();
  const { title, text, language: written, link, created_at, seen_at } = notification;
  const spoken = written ?? language;
  const shownTitle = withDaysInWords(title, spoken);
  const page = pageOf(link);
  return (
    <li>
      <div className={`${styles.line} ${seen_at ? '' : styles.unseen}`}>
        <h2 className={styles.title}>
          {page ? (
            <Link {...page} lang={written ?? undefined} onClick={() => seen_at ?? onOpen()}>
              {shownTitle}
            </Link>
          ) : (
            <span lang={written ?? undefined}>{shownTitle}</span>
          )}{' '}
          {!seen_at && <span className={styles.new}>{words.isNew}</span>}
        </h2>
        <div lang={written ?? undefined}>
          {page ? (
            <Lines text={text} title={title} language={spoken} />
          ) : (
            <p className={shared.lines}>{withDaysInWords(text.trim(), spoken)}</p>
          )}
        </div>
        <p className={shared.weak}>{momentOf(created_at, language)}</p>
      </div>
    </li>
  );
}

/** How many lines are enough: the title leads to the rest. */
const FEW = 5;

interface LinesProps {
  text: string;
  title: string;
  language: Language;
}

function Lines({ text, title, language }: LinesProps) {
  return (
    <ul className={styles.lines}>
      {noticeLines(text, title)
        .slice(0, FEW)
        .map(({ name, text: told }) => (
          <li key={`${name} ${told}`}>
            {name && <span className={shared.weak}>{name + colon(language)}</span>}
            {withDaysInWords(told, language)}
          </li>
        ))}
    </ul>
  );
}
