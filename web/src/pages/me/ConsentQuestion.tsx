import { useMutation, useQueryClient } from '@tanstack/react-query';
import { consentWords } from '../../messages/consents';
import { QuietButton } from '../../parts/QuietButton';
import { Refusal } from '../../parts/Refusal';
import { Said } from '../../parts/Said';
import { fetchedFromOperator, type Standing, shownToOrganiser } from '../../queries/consentRule';
import { allow, consentsQuery, deny, type Question } from '../../queries/consents';
import { dayLater, fullDay } from '../../words/dates';
import { colon, useLanguage, useWords } from '../../words/language';
import styles from './Consents.module.css';

interface ConsentQuestionProps {
  name: 'curve' | 'plant' | 'daily' | 'fetched';
  /** Of the point. */
  label: string;
  question: Question;
}

/** One thing that one allows or not: as it is now, what it means, and the button to change it. */
export function ConsentQuestion({ name, label, question }: ConsentQuestionProps) {
  const words = useWords(consentWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const standing =
    question.purpose === 'display'
      ? shownToOrganiser(question.ofPoint, question.granularity, question.today)
      : fetchedFromOperator(question.ofPoint, question.today);
  const change = standing.isAllowed ? deny : allow;
  const attempt = useMutation({
    mutationFn: () => change(question),
    // What went wrong half-way has changed something too.
    onSettled: () => queries.invalidateQueries(consentsQuery(question.memberId)),
  });
  const say = words[name];
  const action = standing.isAllowed ? words.deny : words.allow;
  return (
    <div className={styles.question}>
      <h3>{say.question}</h3>
      <p>
        <strong>{standing.isAllowed ? say.yes : say.no}</strong>
        <span className={styles.weak}>
          {colon(language)}
          <Because standing={standing} />.
        </span>
      </p>
      <p className={styles.weak}>
        {say.meaning} {standing.isAllowed && say.effect}
      </p>
      <QuietButton
        onPress={() => !attempt.isPending && attempt.mutate()}
        name={words.about(label, `${action} (${say.question})`)}
      >
        {action}
      </QuietButton>
      <Said>{attempt.isSuccess && words.done}</Said>
      <Refusal error={attempt.error} />
    </div>
  );
}

function Because({ standing: { because, until } }: { standing: Standing }) {
  const { because: reasons } = useWords(consentWords);
  const language = useLanguage();
  const reason = reasons[because];
  if (typeof reason === 'string') return reason;
  return reason(until ? fullDay(dayLater(until, -1), language) : '');
}
