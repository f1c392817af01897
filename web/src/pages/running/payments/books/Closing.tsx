import { useMutation } from '@tanstack/react-query';
import { bookWords } from '../../../../messages/running/paymentsBooks';
import { SendForm } from '../../../../parts/SendForm';
import { TickField } from '../../../../parts/TickField';
import shared from '../../../../parts/Together.module.css';
import { type Books, closeYear } from '../../../../queries/books';
import { yearOfBooks } from '../../../../words/fiscalYears';
import { useWords } from '../../../../words/language';
import { usePaymentsChanged } from '../changed';
import { Unbilled } from './Unbilled';

interface ClosingProps {
  id: string;
  books: Books;
  year: number;
}

/** Whether a fiscal year is closed, and what closing it means. */
export function Closing({ id, books, year }: ClosingProps) {
  const words = useWords(bookWords);
  const changed = usePaymentsChanged();
  const attempt = useMutation({ mutationFn: () => closeYear(id, year), onSuccess: changed });
  if (books.closed_year !== null && year <= books.closed_year) {
    return <p role="status">{words.closed(year)}</p>;
  }
  if (year >= yearOfBooks(books, new Date())) {
    return <p className={shared.weak}>{words.running(year)}</p>;
  }
  return (
    <details>
      <summary>{words.closeTitle(year)}</summary>
      <p>{words.closeHelp}</p>
      <Unbilled id={id} year={year} />
      <SendForm attempt={attempt} submit={words.close} onSend={() => attempt.mutate()}>
        <TickField name="checked" label={words.closeChecked} isRequired />
      </SendForm>
    </details>
  );
}
