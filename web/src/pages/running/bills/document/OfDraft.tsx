import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { billDocumentWords } from '../../../../messages/running/billDocument';
import { Card } from '../../../../parts/Card';
import { QuietButton } from '../../../../parts/QuietButton';
import { Refusal } from '../../../../parts/Refusal';
import { SendForm } from '../../../../parts/SendForm';
import { TickField } from '../../../../parts/TickField';
import shared from '../../../../parts/Together.module.css';
import { issueDraft, withdrawCreditNote } from '../../../../queries/creditNotes';
import type { Invoice } from '../../../../queries/invoices';
import { dayAt, fullDay } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';
import { useDocumentChanged } from './changed';

interface OfDraftProps {
  operation: string;
  invoice: Invoice;
}

/** A credit note that was asked for is issued by itself; what follows from a month, with the month. */
export function OfDraft({ operation, invoice }: OfDraftProps) {
  const words = useWords(billDocumentWords);
  if (invoice.cause === 'by_hand') {
    return (
      <Card title={words.issueTitle}>
        <Issuing operation={operation} invoice={invoice} />
        <Withdrawing operation={operation} invoice={invoice} />
      </Card>
    );
  }
  return (
    <p>
      {words.withMonth}{' '}
      <Link
        to="/o/$operation/months/$month"
        params={{ operation, month: invoice.month }}
        hash="bills"
      >
        {words.toMonth}
      </Link>
    </p>
  );
}

function Issuing({ operation, invoice }: OfDraftProps) {
  const words = useWords(billDocumentWords);
  const language = useLanguage();
  const changed = useDocumentChanged(operation);
  const today = dayAt(new Date());
  const attempt = useMutation({
    // The day that is shown, though it may be over since.
    mutationFn: () => issueDraft(invoice.id, today),
    onSuccess: changed,
  });
  return (
    <>
      <p>
        {words.issueHelp(euros(invoice.total_incl_vat_cents, language), fullDay(today, language))}
      </p>
      <SendForm attempt={attempt} submit={words.issue} onSend={() => attempt.mutate()}>
        <TickField name="checked" label={words.checked} isRequired />
      </SendForm>
    </>
  );
}

function Withdrawing({ operation, invoice }: OfDraftProps) {
  const words = useWords(billDocumentWords);
  const go = useNavigate();
  const changed = useDocumentChanged(operation);
  const attempt = useMutation({
    mutationFn: () => withdrawCreditNote(invoice.id),
    onSuccess: async () => {
      const [credited] = invoice.refers_to ?? [];
      // Away from it before it is asked for anew.
      if (credited) {
        await go({
          to: '/o/$operation/bills/documents/$document',
          params: { operation, document: credited.id },
        });
      }
      await changed();
    },
  });
  return (
    <>
      <p className={shared.weak}>{words.withdrawHelp}</p>
      <QuietButton onPress={() => !attempt.isPending && attempt.mutate()}>
        {words.withdraw}
      </QuietButton>
      <Refusal error={attempt.error} />
    </>
  );
}
