import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { bookWords } from '../../../../messages/running/paymentsBooks';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import { Download } from '../../../../parts/Download';
import facts from '../../../../parts/Facts.module.css';
import choice from '../../../../parts/PointChoice.module.css';
import shared from '../../../../parts/Together.module.css';
import {
  type Books,
  balancesQuery,
  booksQuery,
  loadFec,
  loadJournal,
} from '../../../../queries/books';
import type { BookOwner } from '../../../../queries/payees';
import { yearOfBooks } from '../../../../words/fiscalYears';
import { useWords } from '../../../../words/language';
import { OfBookOwner } from '../OfPayee';
import { Balances } from './Balances';
import { Closing } from './Closing';
import { Sales } from './Sales';
import { TaxReturns } from './TaxReturns';

/** So many fiscal years before the one of now. */
const BEFORE = 2;

/** What the accountant gets of one who sells, or collects. */
export function BooksPage() {
  const words = useWords(bookWords);
  return (
    <OfBookOwner title={words.title}>
      {(owner) => <OfOne key={owner.id} owner={owner} />}
    </OfBookOwner>
  );
}

function OfOne({ owner: { id, sells } }: { owner: BookOwner }) {
  const words = useWords(bookWords);
  const { year: asked } = useSearch({ from: '/inside/o/$operation/payments/books' });
  const query = useQuery(booksQuery(id));
  return (
    <Answer query={query}>
      {(books) => {
        const last = yearOfBooks(books, new Date());
        const years = Array.from({ length: BEFORE + 1 }, (_, before) => last - before);
        const year = years.find((one) => one === asked) ?? last;
        return (
          <>
            <p className={shared.lead}>{words.lead}</p>
            <Years years={years} chosen={year} />
            <OfYear key={year} id={id} books={books} year={year} />
            {sells && <TaxReturns id={id} />}
            {sells && <Sales />}
          </>
        );
      }}
    </Answer>
  );
}

function Years({ years, chosen }: { years: readonly number[]; chosen: number }) {
  const words = useWords(bookWords);
  return (
    <nav aria-label={words.years}>
      <ul className={choice.points}>
        {years.map((year) => (
          <li key={year}>
            <Link
              to="."
              search={(search: object) => ({ ...search, year })}
              aria-current={year === chosen ? 'true' : undefined}
            >
              {words.year(year)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface OfYearProps {
  id: string;
  books: Books;
  year: number;
}

function OfYear({ id, books, year }: OfYearProps) {
  const words = useWords(bookWords);
  const query = useQuery(balancesQuery(id, year));
  return (
    <Answer query={query}>
      {(balances) =>
        balances.length === 0 ? (
          <p>{words.none}</p>
        ) : (
          <>
            <Card title={words.files}>
              <p>
                {words.fecHelp} {words.journalHelp}
              </p>
              <div className={facts.actions}>
                <Download name={`FEC-${year}.txt`} load={() => loadFec(id, year)}>
                  {words.fec}
                </Download>
                <Download name={`journal-${year}.csv`} load={() => loadJournal(id, year)}>
                  {words.journal}
                </Download>
              </div>
            </Card>
            <h2>{words.balances}</h2>
            <Balances year={year} balances={balances} />
            <Closing id={id} books={books} year={year} />
          </>
        )
      }
    </Answer>
  );
}
