import { useQuery } from '@tanstack/react-query';
import { afterIssuingWords } from '../../../messages/running/afterIssuing';
import { Answer } from '../../../parts/Answer';
import { Download } from '../../../parts/Download';
import facts from '../../../parts/Facts.module.css';
import { booksQuery, loadFec, loadJournal } from '../../../queries/books';
import { payeesQuery, type Seller } from '../../../queries/payees';
import { yearOfBooks } from '../../../words/fiscalYears';
import { useWords } from '../../../words/language';

interface BookFilesProps {
  operation: string;
  /** The day of the newest invoice of the month: its fiscal year is offered. */
  issueDate: string;
}

/** For who keeps the books of each seller, as far as the reader may have them. */
export function BookFiles({ operation, issueDate }: BookFilesProps) {
  const payees = useQuery(payeesQuery(operation));
  return (
    <Answer query={payees}>
      {({ sellers }) => (
        <>
          {sellers
            .filter(({ keepsBooks }) => keepsBooks)
            .map((seller) => (
              <OfSeller key={seller.id} seller={seller} issueDate={issueDate} />
            ))}
        </>
      )}
    </Answer>
  );
}

function OfSeller({ seller: { id, name }, issueDate }: { seller: Seller; issueDate: string }) {
  const words = useWords(afterIssuingWords);
  const query = useQuery(booksQuery(id));
  return (
    <Answer query={query}>
      {(books) => {
        // At noon it is the same day wherever the reader is.
        const year = yearOfBooks(books, new Date(`${issueDate}T12:00Z`));
        return (
          <>
            <h3>{words.books(name, year)}</h3>
            <div className={facts.actions}>
              <Download
                name={`FEC-${year}.txt`}
                label={words.ofBooks(words.fec, name)}
                load={() => loadFec(id, year)}
              >
                {words.fec}
              </Download>
              <Download
                name={`journal-${year}.csv`}
                label={words.ofBooks(words.journal, name)}
                load={() => loadJournal(id, year)}
              >
                {words.journal}
              </Download>
            </div>
          </>
        );
      }}
    </Answer>
  );
}
