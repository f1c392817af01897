import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { problemTold } from '../../../api/problem';
import { billingWords } from '../../../messages/running/billing';
import { Answer } from '../../../parts/Answer';
import { QuietButton } from '../../../parts/QuietButton';
import { Refusal } from '../../../parts/Refusal';
import { Said } from '../../../parts/Said';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import shared from '../../../parts/Together.module.css';
import { mailRun, type RunDetail, runAgain, runQuery } from '../../../queries/runs';
import type { Told } from '../../../words/codes';
import { fullDay } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';
import { euros } from '../../../words/numbers';
import { carriesMore, totalOf } from '../../../words/runs';
import { Anomalies } from './Anomalies';
import { Blockers } from './Blockers';
import { Debits } from './Debits';
import { Documents } from './Documents';
import { Finishing, Issuing } from './Issuing';
import type { OfMonth } from './Step';

/** A billing run, as far as it is: it is looked at again as long as a worker is at it. */
export function RunOfMonth({ id, ...of }: OfMonth & { id: string }) {
  const words = useWords(billingWords);
  const query = useQuery(runQuery(id));
  return (
    <Answer query={query}>
      {(run) => (
        <>
          {run.state === 'waiting' && <p role="status">{words.preparing}</p>}
          {run.state === 'issuing' && (
            <p role="status">{words.issuing(run.issued, run.documents)}</p>
          )}
          {run.state === 'review' && <Review {...of} run={run} />}
          {(run.state === 'blocked' || run.state === 'failed') && <Stopped {...of} run={run} />}
          {run.state === 'issued' && <Issued {...of} run={run} />}
        </>
      )}
    </Answer>
  );
}

interface RunProps extends OfMonth {
  run: RunDetail;
}

/** Drafts to be read, what is unusual first, and the way on. */
function Review({ operation, run }: RunProps) {
  const words = useWords(billingWords);
  const language = useLanguage();
  if (run.items.length === 0) {
    return (
      <>
        <WithoutDocument operation={operation} run={run} />
        <Finishing run={run} />
        <Again run={run} />
      </>
    );
  }
  // Those of a document are told beside it.
  const others = run.anomalies.filter(({ document_id }) => document_id === undefined);
  return (
    <>
      <p>{words.drafts(run.items.length, euros(totalOf(run.items), language))}</p>
      {others.length > 0 && <Anomalies operation={operation} anomalies={others} />}
      <Documents operation={operation} documents={run.items} />
      <Issuing run={run} />
      <Again run={run} />
    </>
  );
}

/** That a run has made nothing, and whose sums it carries on. */
function WithoutDocument({ operation, run }: Omit<RunProps, 'month'>) {
  const words = useWords(billingWords);
  return (
    <>
      <p>{carriesMore(run) ? words.allCarried : words.nothing}</p>
      {run.anomalies.length > 0 && <Anomalies operation={operation} anomalies={run.anomalies} />}
    </>
  );
}

/** Why no drafts were made, or why issuing stopped; and another try. */
function Stopped({ operation, month, run }: RunProps) {
  const words = useWords(billingWords);
  const { problem } = run;
  return (
    <>
      <p className={`${shared.state} ${shared.alert}`}>
        {run.state === 'blocked' ? words.blocked : words.failed}
      </p>
      {problem && <Reason operation={operation} month={month} problem={problem} />}
      <Again run={run} />
    </>
  );
}

interface ReasonProps extends OfMonth {
  problem: Record<string, unknown>;
}

/** What has to be mended first, what was refused, or that it was a bug. */
function Reason({ operation, month, problem }: ReasonProps) {
  const words = useWords(billingWords);
  const { blockers, type } = problem;
  if (Array.isArray(blockers)) {
    return <Blockers operation={operation} month={month} blockers={blockers as Told[]} />;
  }
  return type ? <Refusal error={problemTold(problem)} /> : <p>{words.bug}</p>;
}

function Again({ run }: { run: RunDetail }) {
  const words = useWords(billingWords);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: () => runAgain(run.id),
    onSuccess: () => queries.invalidateQueries(runQuery(run.id)),
  });
  return (
    <>
      <p>
        <QuietButton onPress={() => !attempt.isPending && attempt.mutate()}>
          {words.again}
        </QuietButton>
      </p>
      <Refusal error={attempt.error} />
    </>
  );
}

function Issued({ operation, month, run }: RunProps) {
  const words = useWords(billingWords);
  const language = useLanguage();
  const attempt = useMutation({ mutationFn: () => mailRun(run.id) });
  if (run.items.length === 0) return <WithoutDocument operation={operation} run={run} />;
  return (
    <>
      <p>
        {words.issued(run.items.length, euros(totalOf(run.items), language))}{' '}
        {run.issue_date && words.issuedOn(fullDay(run.issue_date, language))}
      </p>
      <Documents operation={operation} documents={run.items} isFolded />
      {!attempt.isSuccess && (
        <SendForm attempt={attempt} submit={words.mail} onSend={() => attempt.mutate()}>
          <p>{words.mailHelp(run.items.length)}</p>
          <TickField name="recipients" label={words.recipientsChecked} isRequired />
        </SendForm>
      )}
      <Said>{attempt.isSuccess && words.mailed(attempt.data)}</Said>
      <Debits operation={operation} month={month} />
    </>
  );
}
