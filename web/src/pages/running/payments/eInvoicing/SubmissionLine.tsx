import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { eInvoicingWords } from '../../../../messages/running/paymentsEInvoicing';
import { QuietButton } from '../../../../parts/QuietButton';
import { Refusal } from '../../../../parts/Refusal';
import { Said } from '../../../../parts/Said';
import shared from '../../../../parts/Together.module.css';
import { documentsInQuery } from '../../../../queries/owed';
import { type Submission, submitAgain } from '../../../../queries/submissions';
import { fullDayOf } from '../../../../words/instants';
import { colon, useLanguage, useWords } from '../../../../words/language';
import { isLost, mayBeSent } from '../../../../words/submissions';
import { usePaymentsChanged } from '../changed';

/** A document on its way: by what, where it is, what the platform says, and another try. */
export function SubmissionLine({ submission }: { submission: Submission }) {
  const words = useWords(eInvoicingWords);
  const language = useLanguage();
  const { invoice_id, sent, channel, state, why, history, created_at } = submission;
  const last = history.at(-1);
  const { operation } = useParams({ from: '/inside/o/$operation' });
  const { data: documents = [] } = useQuery(documentsInQuery(operation));
  const document = documents.find(({ id }) => id === invoice_id);
  const number = document?.number ?? sent?.number ?? words.invoice;
  const name = invoice_id ? number : words.report;
  return (
    <>
      <p className={shared.plain}>
        {invoice_id ? (
          <Link
            to="/o/$operation/bills/documents/$document"
            params={{ operation, document: invoice_id }}
          >
            {name}
          </Link>
        ) : (
          name
        )}
        {' · '}
        <span className={isLost(state) ? shared.alert : undefined}>{words.states[state]}</span>
      </p>
      <p className={shared.weak}>
        {[
          ...(document ? [document.customer.name] : []),
          words.channels[channel],
          words.why[why],
          words.since(fullDayOf(last?.at ?? created_at, language)),
        ].join(' · ')}
      </p>
      {isLost(state) && <p>{words.meaning[state]}</p>}
      {last?.reason && (
        <p>
          {words.told + colon(language)}
          <span lang="fr">{last.reason}</span>
        </p>
      )}
      {invoice_id && mayBeSent(state) && (
        <Again invoice={invoice_id} name={name} isFirst={state === 'not_due'} />
      )}
    </>
  );
}

interface AgainProps {
  invoice: string;
  name: string;
  /** It was never sent. */
  isFirst: boolean;
}

function Again({ invoice, name, isFirst }: AgainProps) {
  const words = useWords(eInvoicingWords);
  const changed = usePaymentsChanged();
  const attempt = useMutation({ mutationFn: () => submitAgain(invoice), onSuccess: changed });
  return (
    <>
      <QuietButton
        name={isFirst ? words.earlyOf(name) : words.againOf(name)}
        onPress={() => !attempt.isPending && attempt.mutate()}
      >
        {isFirst ? words.early : words.again}
      </QuietButton>
      <Said>{attempt.isSuccess && words.queued}</Said>
      <Refusal error={attempt.error} />
    </>
  );
}
