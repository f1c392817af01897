import { useMutation, useQuery } from '@tanstack/react-query';
import { requestWords } from '../../../messages/request';
import { staffRequestWords } from '../../../messages/staff/request';
import { Card } from '../../../parts/Card';
import { Field } from '../../../parts/Field';
import { Said } from '../../../parts/Said';
import { SendForm } from '../../../parts/SendForm';
import shared from '../../../parts/Together.module.css';
import { accountsQuery, nameOfSubject } from '../../../queries/accounts';
import { moveRequest, type StaffRequest } from '../../../queries/requestDesk';
import { STAGES } from '../../../queries/requests';
import { textIn } from '../../../words/forms';
import { fullDayOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';
import { useRequestChanged } from './changed';

/** Where a request is, and where it may go: who asks reads each move on a page of their own. */
export function Stage({ request }: { request: StaffRequest }) {
  const words = useWords(staffRequestWords);
  const { stages } = useWords(requestWords);
  const onSuccess = useRequestChanged();
  const attempt = useMutation({
    mutationFn: (body: Parameters<typeof moveRequest>[1]) => moveRequest(request.id, body),
    onSuccess,
  });
  const { stage, name } = request;
  const next = STAGES[STAGES.indexOf(stage) + 1];
  // To become an operation takes more than a stage.
  const goesOn = next && stage !== 'declined' && next !== 'operation';
  return (
    <Card title={words.stage}>
      <Said>{attempt.isSuccess && words.moved(stages[stage])}</Said>
      {goesOn && (
        <SendForm
          attempt={attempt}
          submit={words.goOn(stages[next])}
          isWide
          onSend={() => attempt.mutate({ stage: next })}
        >
          <p>{words.seen(name)}</p>
        </SendForm>
      )}
      {stage === 'declined' && (
        <SendForm
          attempt={attempt}
          submit={words.reopen}
          isWide
          onSend={() => attempt.mutate({ stage: 'received' })}
        >
          <p>
            {words.reopenHelp} {words.seen(name)}
          </p>
        </SendForm>
      )}
      {stage !== 'declined' && stage !== 'operation' && (
        <details>
          <summary>{words.decline}</summary>
          <SendForm
            attempt={attempt}
            submit={words.declineGo}
            isWide
            onSend={(form) => attempt.mutate({ stage: 'declined', reason: textIn(form, 'reason') })}
          >
            <p>{words.declineHelp(name)}</p>
            <Field name="reason" type="text" maxLength={500} label={words.reason} />
          </SendForm>
        </details>
      )}
      <Steps request={request} />
    </Card>
  );
}

function Steps({ request: { steps } }: { request: StaffRequest }) {
  const words = useWords(staffRequestWords);
  const { stages } = useWords(requestWords);
  const language = useLanguage();
  const { data: accounts = [] } = useQuery(accountsQuery);
  if (steps.length === 0) return null;
  return (
    <>
      <h3 className={shared.part}>{words.steps}</h3>
      <ul>
        {steps.map(({ to_stage, at, by, reason }) => (
          <li key={at}>
            {words.step(stages[to_stage], fullDayOf(at, language), nameOfSubject(accounts, by))}
            {reason && <blockquote>{reason}</blockquote>}
          </li>
        ))}
      </ul>
    </>
  );
}
