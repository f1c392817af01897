import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { billDocumentWords } from '../../../../messages/running/billDocument';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import { QuietButton } from '../../../../parts/QuietButton';
import { Refusal } from '../../../../parts/Refusal';
import { Said } from '../../../../parts/Said';
import shared from '../../../../parts/Together.module.css';
import { type Mailing, mailingsQuery, sendDocument } from '../../../../queries/mailings';
import { momentOf } from '../../../../words/instants';
import { type Language, useLanguage, useWords } from '../../../../words/language';

/** The e-mails about a document, and another one. */
export function Mailings({ id }: { id: string }) {
  const words = useWords(billDocumentWords);
  const language = useLanguage();
  const query = useQuery(mailingsQuery(id));
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
            <Sending id={id} isFirst={mailings.length === 0} />
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

function Sending({ id, isFirst }: { id: string; isFirst: boolean }) {
  const words = useWords(billDocumentWords);
  const queries = useQueryClient();
  // The same one, if an answer is lost and it is asked for again.
  const [mailing, setMailing] = useState(() => crypto.randomUUID());
  const attempt = useMutation({
    mutationFn: () => sendDocument(id, mailing),
    onSuccess: () => {
      setMailing(crypto.randomUUID());
      return queries.invalidateQueries(mailingsQuery(id));
    },
  });
  return (
    <>
      <QuietButton onPress={() => !attempt.isPending && attempt.mutate()}>
        {isFirst ? words.send : words.sendAgain}
      </QuietButton>
      <Said>{attempt.isSuccess && words.sent}</Said>
      <Refusal error={attempt.error} />
    </>
  );
}
