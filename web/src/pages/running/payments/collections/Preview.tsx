import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { collectionWords } from '../../../../messages/running/paymentsCollections';
import { SendForm } from '../../../../parts/SendForm';
import tables from '../../../../parts/Table.module.css';
import { TickField } from '../../../../parts/TickField';
import {
  type CollectionDays,
  type CollectionPreview,
  collect,
} from '../../../../queries/collections';
import { mailPolicyQuery } from '../../../../queries/mailPolicies';
import type { Collector } from '../../../../queries/payees';
import { fullDay } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import { euros } from '../../../../words/numbers';
import { usePaymentsChanged } from '../changed';
import { Documents } from './Documents';
import { Skipped } from './Skipped';

interface PreviewProps {
  collector: Collector;
  days: CollectionDays;
  preview: CollectionPreview;
}

/** Who would be debited, who would not, and the tick of who has looked. */
export function Preview(props: PreviewProps) {
  const words = useWords(collectionWords);
  const { debits, skipped } = props.preview;
  return (
    <>
      {debits.length === 0 ? (
        <p role="status">{words.nobody}</p>
      ) : (
        <>
          <Debits preview={props.preview} />
          <Making {...props} />
        </>
      )}
      {skipped.length > 0 && <Skipped skipped={skipped} />}
    </>
  );
}

function Debits({ preview: { debits } }: Pick<PreviewProps, 'preview'>) {
  const words = useWords(collectionWords);
  const language = useLanguage();
  return (
    <table className={tables.table}>
      <caption>{words.debits}</caption>
      <thead>
        <tr>
          <th scope="col">{words.customer}</th>
          <th scope="col">{words.invoices}</th>
          <th scope="col">{words.rum}</th>
          <th className={tables.number} scope="col">
            {words.amount}
          </th>
        </tr>
      </thead>
      <tbody>
        {debits.map(({ customer_name, documents, rum, amount_cents }) => (
          <tr key={rum}>
            <th scope="row">{customer_name}</th>
            <td>
              <Documents documents={documents} />
            </td>
            <td>{rum}</td>
            <td className={tables.number}>{euros(amount_cents, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Making({ collector, days, preview }: PreviewProps) {
  const words = useWords(collectionWords);
  const language = useLanguage();
  const navigate = useNavigate();
  const changed = usePaymentsChanged();
  const { operation } = useParams({ from: '/inside/o/$operation' });
  const { data: policy } = useQuery(mailPolicyQuery(collector.id));
  // The same one, if an answer is lost and it is sent again.
  const [id] = useState(() => crypto.randomUUID());
  const attempt = useMutation({
    mutationFn: () => collect(collector.id, id, days, preview),
    onSuccess: async () => {
      await navigate({
        to: '/o/$operation/payments/collections/$collection',
        params: { operation, collection: id },
        search: { payee: collector.id },
      });
      await changed();
    },
  });
  const sum = euros(preview.total_cents, language);
  const day = fullDay(days.collection_date, language);
  return (
    <>
      <p>
        {words.summary(preview.debits.length, sum, day)}{' '}
        {policy && (policy.pre_notifications ? words.mailed : words.notMailed)} {words.byHand}
      </p>
      <SendForm attempt={attempt} submit={words.make} onSend={() => attempt.mutate()}>
        <TickField name="checked" label={words.checked} isRequired />
      </SendForm>
    </>
  );
}
