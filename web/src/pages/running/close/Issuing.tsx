import { useMutation, useQueryClient } from '@tanstack/react-query';
import { billingWords } from '../../../messages/running/billing';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import { issueRun, type RunDetail, runQuery } from '../../../queries/runs';
import { dayAt, fullDay } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';
import { euros } from '../../../words/numbers';
import { totalOf } from '../../../words/runs';
import styles from './Close.module.css';

/** What is issued by it, once and for all, and the tick of who has read it. */
export function Issuing({ run }: { run: RunDetail }) {
  const words = useWords(billingWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const today = dayAt(new Date());
  const attempt = useMutation({
    // The day that is shown, though it may be over since.
    mutationFn: () => issueRun(run.id, today),
    onSuccess: () => queries.invalidateQueries(runQuery(run.id)),
  });
  const count = run.items.length;
  return (
    <section className={styles.issuing}>
      <h3>{words.issueTitle}</h3>
      <p>{words.issueHelp(count, euros(totalOf(run.items), language), fullDay(today, language))}</p>
      <SendForm attempt={attempt} submit={words.issue(count)} onSend={() => attempt.mutate()}>
        <TickField name="checked" label={words.checked} isRequired />
      </SendForm>
    </section>
  );
}

/** The end of a run that has nothing to issue. */
export function Finishing({ run }: { run: RunDetail }) {
  const words = useWords(billingWords);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: () => issueRun(run.id, dayAt(new Date())),
    onSuccess: () => queries.invalidateQueries(runQuery(run.id)),
  });
  return <SendForm attempt={attempt} submit={words.finish} onSend={() => attempt.mutate()} />;
}
