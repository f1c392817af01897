import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { keyLifeWords } from '../../../messages/running/keyLife';
import { Card } from '../../../parts/Card';
import { Icon } from '../../../parts/Icon';
import shared from '../../../parts/Together.module.css';
import type { Key } from '../../../queries/keys';
import { meQuery } from '../../../queries/me';
import type { Poll } from '../../../queries/polls';
import { fullDay } from '../../../words/dates';
import { fullDayOf, momentOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';
import styles from './Life.module.css';

interface LifeProps {
  version: Key;
  poll: Poll | undefined;
  /** What came of the vote; undefined: it is not over. */
  isAdopted: boolean | undefined;
}

/** What was done with a key, and by whom: from its draft to the day on which it begins. */
export function Life({ version, poll, isAdopted }: LifeProps) {
  const words = useWords(keyLifeWords);
  const language = useLanguage();
  const approval = useApproval(version);
  const { drafted_at, declared_on, activated_at, valid_from } = version;
  return (
    <Card title={words.life}>
      <ol className={styles.life}>
        <Line name={words.drafted} isDone>
          {drafted_at && words.draftedOn(fullDayOf(drafted_at, language))}
        </Line>
        <Line name={words.vote} isDone={poll?.state === 'closed'}>
          {!poll && (version.state === 'draft' ? words.notYet : words.noVote)}
          {poll && voteText(poll, isAdopted, words, (at) => momentOf(at, language))}
          {poll && (
            <Link
              className={shared.more}
              to="/polls/$operation/$poll"
              params={{ operation: poll.operation_id, poll: poll.id }}
            >
              {words.toPoll}
            </Link>
          )}
        </Line>
        <Line name={words.approved} isDone={approval !== null}>
          {approval ?? words.notYet}
        </Line>
        <Line name={words.declared} isDone={declared_on !== null}>
          {declared_on ? words.declaredOn(fullDay(declared_on, language)) : words.notYet}
        </Line>
        <Line name={words.active} isDone={activated_at !== null}>
          {activated_at ? words.activeFrom(fullDay(valid_from, language)) : words.notYet}
        </Line>
      </ol>
    </Card>
  );
}

/** Who approved a key, and when; null: nobody has. */
function useApproval({ approved_at, approved_by }: Key): string | null {
  const words = useWords(keyLifeWords);
  const language = useLanguage();
  const { data: me } = useQuery(meQuery);
  if (!approved_at) return null;
  const day = fullDayOf(approved_at, language);
  if (approved_by === 'poll') return words.byPoll(day);
  return approved_by === me?.subject ? words.byYou(day) : words.byOther(day);
}

function voteText(
  { state, opens_at, closes_at, turnout }: Poll,
  isAdopted: boolean | undefined,
  words: (typeof keyLifeWords)['fr'],
  moment: (at: string) => string,
): string {
  if (state === 'announced') return words.announced(moment(opens_at));
  if (state === 'open') {
    return words.open(moment(closes_at), turnout?.voted ?? 0, turnout?.voters ?? 0);
  }
  if (isAdopted === undefined) return words.counting;
  return isAdopted ? words.yes : words.no;
}

interface LineProps {
  name: string;
  isDone: boolean;
  children: React.ReactNode;
}

function Line({ name, isDone, children }: LineProps) {
  return (
    <li className={isDone ? styles.done : styles.open}>
      <span className={styles.mark}>{isDone && <Icon name="done" />}</span>
      <div>
        <strong>{name}</strong>
        <div className={shared.weak}>{children}</div>
      </div>
    </li>
  );
}
