import { useQuery } from '@tanstack/react-query';
import { invoiceWords } from '../../messages/invoice';
import { invoiceTransactionsQuery } from '../../queries/bankTransactions';
import type { Invoice } from '../../queries/invoices';
import { fullDay } from '../../words/dates';
import { useLanguage, useWords } from '../../words/language';
import { euros } from '../../words/numbers';

/** What came for an invoice, and what went back, by the bank's statements. */
export function Received({ invoice }: { invoice: Invoice }) {
  const words = useWords(invoiceWords);
  const language = useLanguage();
  const { data } = useQuery({
    ...invoiceTransactionsQuery(invoice.id),
    enabled: !!invoice.payment,
  });
  if (!data?.length) return null;
  return (
    <>
      <h2>{words.received}</h2>
      <ul>
        {data.map(({ id, booked_on, amount_cents }) => {
          const told = amount_cents < 0 ? words.paidBackOn : words.paidOn;
          const sum = euros(Math.abs(amount_cents), language);
          return <li key={id}>{told(sum, fullDay(booked_on, language))}</li>;
        })}
      </ul>
    </>
  );
}
