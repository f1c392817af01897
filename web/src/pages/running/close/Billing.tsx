import { useMutation, useQuery } from '@tanstack/react-query';
import { billingWords } from '../../../messages/running/billing';
import { Answer } from '../../../parts/Answer';
import { SendForm } from '../../../parts/SendForm';
import {
  documentsQuery,
  isArriving,
  type Preflight,
  preflightQuery,
  type Run,
  runsQuery,
  startRun,
} from '../../../queries/runs';
import { settlementsQuery } from '../../../queries/settlements';
import { useLanguage, useWords } from '../../../words/language';
import { euros } from '../../../words/numbers';
import { carriesMore, totalOf } from '../../../words/runs';
import { Anomalies } from './Anomalies';
import { Blockers } from './Blockers';
import { useChanged } from './changed';
import { Debits } from './Debits';
import { RunOfMonth } from './RunOfMonth';
import { type OfMonth, Step } from './Step';

/** From what is settled to issued invoices. */
export function Billing(of: OfMonth) {
  const words = useWords(billingWords);
  const settlements = useQuery(settlementsQuery(of.operation, of.month));
  return (
    <Step name="bills" title={words.title}>
      <Answer query={settlements}>
        {(made) => (made.length === 0 ? <p>{words.afterClosing}</p> : <Runs {...of} />)}
      </Answer>
    </Step>
  );
}

/** The newest run of the month, and what another one would make. */
function Runs(of: OfMonth) {
  const runs = useQuery(runsQuery(of.operation));
  return (
    <Answer query={runs}>
      {(all) => {
        const run = all.find(({ period }) => period === of.month);
        return (
          <>
            {run ? <RunOfMonth {...of} key={run.id} id={run.id} /> : <IssuedBefore {...of} />}
            {isDone(run) && <Next {...of} before={run} />}
          </>
        );
      }}
    </Answer>
  );
}

function isDone(run: Run | undefined): boolean {
  return run === undefined || run.state === 'issued';
}

/** Documents that no run has made. */
function IssuedBefore({ operation, month }: OfMonth) {
  const words = useWords(billingWords);
  const language = useLanguage();
  const query = useQuery(documentsQuery(operation, month));
  return (
    <Answer query={query}>
      {(documents) => {
        const issued = documents.filter(({ state }) => state === 'issued');
        if (issued.length === 0) return null;
        return (
          <>
            <p>{words.issued(issued.length, euros(totalOf(issued), language))}</p>
            <Debits operation={operation} month={month} />
          </>
        );
      }}
    </Answer>
  );
}

/** What a run would make now, and the button for it. before: the last one. */
function Next({ operation, month, before }: OfMonth & { before: Run | undefined }) {
  const words = useWords(billingWords);
  const query = useQuery(preflightQuery(operation, month));
  return (
    <Answer query={query}>
      {(preflight) => {
        const isNothing = preflight.ready && preflight.documents.length === 0;
        // Only a run carries what it holds back to the next one.
        if (isNothing && !carriesMore(preflight, before)) {
          return before ? null : <p>{words.nothing}</p>;
        }
        if (isArriving(preflight)) return <p role="status">{words.arriving}</p>;
        if (!preflight.ready) {
          return (
            <>
              <h3>{words.blockers}</h3>
              <Blockers operation={operation} month={month} blockers={preflight.blockers} />
            </>
          );
        }
        return <Ready operation={operation} month={month} preflight={preflight} />;
      }}
    </Answer>
  );
}

function Ready({ operation, month, preflight }: OfMonth & { preflight: Preflight }) {
  const words = useWords(billingWords);
  const language = useLanguage();
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: () => startRun(operation, month),
    onSuccess: changed,
  });
  const count = preflight.documents.length;
  return (
    <>
      <p>
        {count === 0
          ? words.allCarried
          : words.ready(count, euros(totalOf(preflight.documents), language))}
      </p>
      <Anomalies operation={operation} anomalies={preflight.anomalies} />
      <SendForm
        attempt={attempt}
        submit={count === 0 ? words.carry : words.prepare}
        onSend={() => attempt.mutate()}
      />
    </>
  );
}
