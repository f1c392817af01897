import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { billDocumentWords } from '../../../../messages/running/billDocument';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import { Said } from '../../../../parts/Said';
import { SendForm } from '../../../../parts/SendForm';
import { TickField } from '../../../../parts/TickField';
import shared from '../../../../parts/Together.module.css';
import type { Invoice } from '../../../../queries/invoices';
import { type Mailing, mailingsQuery, sendDocument } from '../../../../queries/mailings';
import { momentOf } from '../../../../words/instants';
import { type Language, useLanguage, useWords } from '../../../../words/language';

/** The e-mails about a document, and another one. */
export function Mailings({ invoice }: { invoice: Invoice }) {
  const words = useWords(billDocumentWords);
  const language = useLanguage();
  const query = useQuery(mailingsQuery(invoice.id));
  return (
    <Card title={words.mails}>
      <Answer query={query}>
        {(mailings) => (
          <>
            {mailings.length === 0 && <p>{words.noMail}</p>}
            <ul className={shared.list}>
              {mailings.map((mailing) => (
                <li key={mailing.id}>
                  {words.kinds[mailing.kind]} · {momentOf(mailing.created_at, language)} ·{' '}
                  {outcomeOf(mailing, language)}
                </li>
              ))}
            </ul>
            <Sending invoice={invoice} isFirst={mailings.length === 0} />
          </>
        )}
      </Answer>
    </Card>
  );
}

function outcomeOf({ recipients }: Mailing, language: Language): string {
  const words = billDocumentWords[language];
  if (recipients.length === 0) return words.waiting;
  return recipients
    .map(({ status, reason }) =>
      reason === 'no-address' ? words.noAddress : words.statuses[status],
    )
    .join(', ');
}

function Sending({ invoice, isFirst }: { invoice: Invoice; isFirst: boolean }) {
  const words = useWords(billDocumentWords);
  const queries = useQueryClient();
  // The same one, if an answer is lost and it is asked for again.
  const [mailing, setMailing] = useState(() => crypto.randomUUID());
  const attempt = useMutation({
    mutationFn: () => sendDocument(invoice.id, mailing),
    onSuccess: () => {
      setMailing(crypto.randomUUID());
      return queries.invalidateQueries(mailingsQuery(invoice.id));
    },
  });
  return (
    <>
      <details>
        <summary>{isFirst ? words.send : words.sendAgain}</summary>
        <p>{words.sendHelp(invoice.customer.name)}</p>
        <SendForm
          key={mailing}
          attempt={attempt}
          submit={isFirst ? words.send : words.sendAgain}
          onSend={() => attempt.mutate()}
        >
          <TickField name="recipient" label={words.recipientChecked} isRequired />
        </SendForm>
      </details>
      <Said>{attempt.isSuccess && words.sent}</Said>
    </>
  );
}
