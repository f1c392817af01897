import { useMutation, useQueryClient } from '@tanstack/react-query';
import { consentWords } from '../../messages/consents';
import { Card } from '../../parts/Card';
import { QuietButton } from '../../parts/QuietButton';
import { Refusal } from '../../parts/Refusal';
import { stands } from '../../queries/consentRule';
import { type Consent, consentsQuery, withdraw } from '../../queries/consents';
import { dayAt, dayLater, fullDay } from '../../words/dates';
import { fullDayOf } from '../../words/instants';
import { useLanguage, useWords } from '../../words/language';
import styles from './Consents.module.css';

interface ConsentHistoryProps {
  memberId: string;
  consents: Consent[];
  /** Of points, by PRM. */
  labels: Map<string, string>;
}

/** What was said otherwise: for challenges; and all that ever was. */
export function ConsentHistory({ memberId, consents, labels }: ConsentHistoryProps) {
  const words = useWords(consentWords);
  const today = dayAt(new Date());
  const challenges = consents.filter(
    (consent) => consent.purpose === 'challenge' && stands(consent, today),
  );
  const newestFirst = consents.toSorted((one, other) =>
    one.recorded_at < other.recorded_at ? 1 : -1,
  );
  return (
    <>
      {challenges.length > 0 && (
        <Card title={words.challenges}>
          <p>{words.challengesHelp}</p>
          <ul className={styles.said}>
            {challenges.map((consent) => (
              <Challenge
                key={consent.id}
                memberId={memberId}
                consent={consent}
                label={labels.get(consent.prm) ?? ''}
              />
            ))}
          </ul>
        </Card>
      )}
      <details className={styles.history}>
        <summary>{words.history}</summary>
        {consents.length === 0 ? (
          <p>{words.nothingSaid}</p>
        ) : (
          <ul className={styles.said} aria-label={words.historyTable}>
            {newestFirst.map((consent) => (
              <Line key={consent.id} consent={consent} label={labels.get(consent.prm) ?? ''} />
            ))}
          </ul>
        )}
      </details>
    </>
  );
}

interface LineProps {
  consent: Consent;
  label: string;
}

function Line({ consent, label }: LineProps) {
  const words = useWords(consentWords);
  const language = useLanguage();
  const { purpose, granularity, answer, recorded_at, valid_to, withdrawn_on } = consent;
  const what = words.purposes[purpose][granularity];
  const lastDay = fullDay(dayLater(valid_to, -1), language);
  return (
    <li>
      <strong>{words.about(label, `${what}, ${words[answer]}`)}</strong>
      <br />
      <span className={styles.weak}>
        {words.said(fullDayOf(recorded_at, language))} ·{' '}
        {withdrawn_on ? words.withdrawn(fullDay(withdrawn_on, language)) : words.until(lastDay)}
      </span>
    </li>
  );
}

function Challenge({ memberId, consent, label }: LineProps & { memberId: string }) {
  const words = useWords(consentWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: () => withdraw(consent.id, memberId),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries(consentsQuery(memberId)),
        // Its pages show who takes part.
        queries.invalidateQueries({ queryKey: ['challenge'] }),
      ]),
  });
  const lastDay = fullDay(dayLater(consent.valid_to, -1), language);
  return (
    <li>
      <p>{words.about(label, words.until(lastDay))}</p>
      <QuietButton
        onPress={() => !attempt.isPending && attempt.mutate()}
        name={words.about(label, words.leaveChallenge)}
      >
        {words.leaveChallenge}
      </QuietButton>
      <Refusal error={attempt.error} />
    </li>
  );
}
