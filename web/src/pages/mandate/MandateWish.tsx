import { useMutation, useQueryClient } from '@tanstack/react-query';
import { mandateWords } from '../../messages/mandate';
import { Card } from '../../parts/Card';
import { Field } from '../../parts/Field';
import { QuietButton } from '../../parts/QuietButton';
import { Refusal } from '../../parts/Refusal';
import { SendForm } from '../../parts/SendForm';
import { StepUp } from '../../parts/StepUp';
import { TickField } from '../../parts/TickField';
import {
  askForMandate,
  type Collector,
  collectorsQuery,
  type MandateRequest,
  mandateRequestsQuery,
  withdrawRequest,
} from '../../queries/mandates';
import { fullDayOf } from '../../words/instants';
import { useLanguage, useWords } from '../../words/language';

interface MandateWishProps {
  collector: Collector;
  /** What was asked for before, and waits or was declined. */
  request: MandateRequest | undefined;
  /** There is a mandate in force, which does what it is for. */
  hasMandate: boolean;
  /** Of the account, as far as one knows. */
  holder: string;
}

/** To be debited by somebody, or from another account: the wish, or the form for it. */
export function MandateWish({ collector, request, hasMandate, holder }: MandateWishProps) {
  const words = useWords(mandateWords);
  if (request?.state === 'requested') {
    return (
      <Card title={words.askedTitle(collector.name)}>
        <Waiting request={request} />
      </Card>
    );
  }
  const form = <MandateForm collector={collector} holder={holder} />;
  if (hasMandate && !request) {
    return (
      <details>
        <summary>{words.changeAccount(collector.name)}</summary>
        {form}
      </details>
    );
  }
  return (
    <Card title={words.askTitle(collector.name)}>
      {request?.declined_because && <p>{words.declined(request.declined_because)}</p>}
      {form}
    </Card>
  );
}

function Waiting({ request }: { request: MandateRequest }) {
  const words = useWords(mandateWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: withdrawRequest,
    // What was answered meanwhile is no request any more, but perhaps a mandate.
    onSettled: () => queries.invalidateQueries({ predicate: isOfMandates }),
  });
  return (
    <>
      <p role="status">{words.asked(request.account_end, fullDayOf(request.asked_at, language))}</p>
      <p>{words.waits}</p>
      <QuietButton onPress={() => !attempt.isPending && attempt.mutate(request)}>
        {words.withdraw}
      </QuietButton>
      <Refusal error={attempt.error} />
    </>
  );
}

function MandateForm({ collector, holder }: { collector: Collector; holder: string }) {
  const words = useWords(mandateWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      askForMandate({
        creditor_id: collector.creditor_id,
        holder: String(form.get('holder')),
        iban: String(form.get('iban')),
        language,
        agreed_text: collector.text,
      }),
    // If its text is another one by now, that is what is to be read.
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ predicate: isOfMandates }),
        queries.invalidateQueries(collectorsQuery(language)),
      ]),
  });
  return (
    <>
      <SendForm attempt={attempt} submit={words.send} onSend={attempt.mutate} isWide>
        <Field
          name="holder"
          type="text"
          autoComplete="name"
          maxLength={70}
          label={words.holderField}
          defaultValue={holder}
        />
        <Field
          name="iban"
          type="text"
          autoComplete="off"
          maxLength={50}
          pattern="\s*[A-Za-z]{2}\s*[0-9]{2}[A-Za-z0-9\s]{10,40}"
          label={words.iban}
          help={words.ibanHelp}
        />
        <div>
          {collector.text.split('\n').map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
        {/* Ticked for one text, it is not for another. */}
        <TickField key={collector.text} name="agreed" isRequired label={words.agree} />
      </SendForm>
      <StepUp
        error={attempt.error}
        onDone={() => attempt.variables && attempt.mutate(attempt.variables)}
      />
    </>
  );
}

function isOfMandates({ queryKey }: { queryKey: readonly unknown[] }): boolean {
  return queryKey[0] === 'mandates' || queryKey[0] === mandateRequestsQuery.queryKey[0];
}
