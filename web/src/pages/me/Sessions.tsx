import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { securityWords } from '../../messages/security';
import { Answer } from '../../parts/Answer';
import { Card } from '../../parts/Card';
import chips from '../../parts/Chip.module.css';
import { QuietButton } from '../../parts/QuietButton';
import { Refusal } from '../../parts/Refusal';
import { Said } from '../../parts/Said';
import { endSession, type Session, sessionsQuery } from '../../queries/security';
import { dayAt, fullDay, timeAt } from '../../words/dates';
import { deviceOf } from '../../words/devices';
import { useLanguage, useWords } from '../../words/language';
import styles from './Security.module.css';

/** Where one is logged in, this one first, and the ways out of the others. */
export function Sessions() {
  const words = useWords(securityWords);
  const query = useQuery(sessionsQuery);
  return (
    <Card title={words.sessions}>
      <Answer query={query}>{(sessions) => <Open sessions={sessions} />}</Answer>
    </Card>
  );
}

function Open({ sessions }: { sessions: Session[] }) {
  const words = useWords(securityWords);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: async (ended: Session[]) => {
      for (const { id } of ended) await endSession(id);
    },
    onSettled: () => queries.invalidateQueries(sessionsQuery),
  });
  const others = sessions.filter(({ current }) => !current);
  return (
    <>
      <p>{others.length > 0 ? words.sessionsHelp : words.onlyHere}</p>
      <ul className={styles.sessions}>
        {[...sessions.filter(({ current }) => current), ...others].map((session) => (
          <Line
            key={session.id}
            session={session}
            onEnd={() => !attempt.isPending && attempt.mutate([session])}
          />
        ))}
      </ul>
      {others.length > 1 && (
        <QuietButton onPress={() => !attempt.isPending && attempt.mutate(others)}>
          {words.endOthers}
        </QuietButton>
      )}
      <Said>{attempt.isSuccess && words.ended}</Said>
      <Refusal error={attempt.error} />
    </>
  );
}

function Line({ session, onEnd }: { session: Session; onEnd: () => void }) {
  const words = useWords(securityWords);
  const language = useLanguage();
  const { program, system } = deviceOf(session.device);
  const device = words.device(program, system);
  const start = new Date(session.began_at);
  const firstDay = dayAt(start);
  const began = words.began(fullDay(firstDay, language), timeAt(start, language));
  return (
    <li>
      <div>
        <strong>{device}</strong>{' '}
        {session.current && <span className={chips.chip}>{words.here}</span>}
        <br />
        <span className={styles.weak}>
          {began}
          {session.last_used_on !== firstDay &&
            `, ${words.used(fullDay(session.last_used_on, language))}`}
        </span>
      </div>
      {!session.current && (
        <QuietButton onPress={onEnd} name={words.endOf(device, began)}>
          {words.end}
        </QuietButton>
      )}
    </li>
  );
}
