import { useMutation } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { mandateDeskWords } from '../../../../messages/running/paymentsMandates';
import { Field } from '../../../../parts/Field';
import { LongField } from '../../../../parts/LongField';
import { SendForm } from '../../../../parts/SendForm';
import { StepUp } from '../../../../parts/StepUp';
import shared from '../../../../parts/Together.module.css';
import { confirmRequest, declineRequest } from '../../../../queries/mandateDesk';
import type { MandateRequest } from '../../../../queries/mandates';
import { linesIn, RUM_FORM, textIn } from '../../../../words/forms';
import { fullDayOf } from '../../../../words/instants';
import { OF_OPERATIONS, useLanguage, useWords } from '../../../../words/language';
import { rumFor } from '../../../../words/mandates';
import { useNames } from '../../names';
import { usePaymentsChanged } from '../changed';

/** Who asks to be debited: what they agreed to, and the two answers. */
export function WaitingRequest({ request }: { request: MandateRequest }) {
  const words = useWords(mandateDeskWords);
  const language = useLanguage();
  const { operation } = useParams({ from: '/inside/o/$operation' });
  const { debtor_id, holder, asked_at, account_end, agreed_text } = request;
  const name = useNames(operation).memberOrNobody(debtor_id) ?? holder;
  return (
    <>
      <p>{words.asked(name, fullDayOf(asked_at, language), account_end)}</p>
      <details>
        <summary>{words.text}</summary>
        <p className={shared.lines} lang={OF_OPERATIONS}>
          {agreed_text}
        </p>
      </details>
      <Confirming request={request} name={name} />
      <Declining request={request} name={name} />
    </>
  );
}

interface AnswerProps {
  request: MandateRequest;
  name: string;
}

function Confirming({ request, name }: AnswerProps) {
  const words = useWords(mandateDeskWords);
  const changed = usePaymentsChanged();
  const attempt = useMutation({
    mutationFn: (rum: string) => confirmRequest(request, rum),
    onSuccess: changed,
  });
  return (
    <details>
      <summary>{words.confirmOf(name)}</summary>
      <p>{words.confirmHelp}</p>
      <SendForm
        attempt={attempt}
        submit={words.confirm}
        onSend={(form) => attempt.mutate(textIn(form, 'rum') ?? '')}
      >
        <Field
          name="rum"
          type="text"
          label={words.rum}
          help={words.rumHelp}
          maxLength={35}
          pattern={RUM_FORM}
          defaultValue={rumFor(request.id)}
        />
      </SendForm>
      <StepUp error={attempt.error} onDone={() => attempt.mutate(attempt.variables ?? '')} />
    </details>
  );
}

function Declining({ request, name }: AnswerProps) {
  const words = useWords(mandateDeskWords);
  const changed = usePaymentsChanged();
  const attempt = useMutation({
    mutationFn: (reason: string) => declineRequest(request, reason),
    onSuccess: changed,
  });
  return (
    <details>
      <summary>{words.declineOf(name)}</summary>
      <SendForm
        attempt={attempt}
        submit={words.decline}
        onSend={(form) => attempt.mutate(linesIn(form, 'reason'))}
      >
        <LongField name="reason" label={words.reason} rows={2} maxLength={500} />
      </SendForm>
    </details>
  );
}
