import { useInfiniteQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { customerAccountWords } from '../../messages/customerAccount';
import { Answer } from '../../parts/Answer';
import facts from '../../parts/Facts.module.css';
import { More } from '../../parts/More';
import shared from '../../parts/Together.module.css';
import { Why } from '../../parts/Why';
import { accountQuery, type CustomerAccount } from '../../queries/customerAccounts';
import { fullDay } from '../../words/dates';
import { useLanguage, useWords } from '../../words/language';
import { euros } from '../../words/numbers';
import { AccountFiles } from './AccountFiles';
import { AccountLines } from './AccountLines';

interface AccountOfProps {
  memberId: string;
  /** Whose documents are shown on pages of an operation, to who runs it. */
  operation?: string;
}

/** How an account stands, what is debited next, and line by line how it came to that. */
export function AccountOf({ memberId, operation }: AccountOfProps) {
  const words = useWords(customerAccountWords);
  const query = useInfiniteQuery(accountQuery(memberId));
  return (
    <Answer query={query}>
      {({ pages: [account, ...others] }) => {
        if (!account || account.sellers.length === 0) {
          return <p className={facts.lead}>{words.none}</p>;
        }
        const lines = [account, ...others].flatMap((page) => page.lines);
        return (
          <>
            <Standing account={account} />
            <Debits account={account} />
            <NextDebits account={account} />
            <Sellers account={account} />
            <AccountLines lines={lines} sellers={account.sellers} operation={operation} />
            <More query={query}>{words.more}</More>
            <Why>
              <p>{words.because}</p>
            </Why>
            <AccountFiles memberId={memberId} day={account.as_of.slice(0, 10)} />
          </>
        );
      }}
    </Answer>
  );
}

function Standing({ account: { owed } }: { account: CustomerAccount }) {
  const words = useWords(customerAccountWords);
  const language = useLanguage();
  const sentences = [
    owed.to_pay_cents > 0 ? words.toPay(euros(owed.to_pay_cents, language)) : '',
    owed.overdue_cents > 0 ? words.overdue(euros(owed.overdue_cents, language)) : '',
    owed.under_way_cents > 0 ? words.underWay(euros(owed.under_way_cents, language)) : '',
    owed.credit_cents > 0 ? words.credit(euros(owed.credit_cents, language)) : '',
  ].filter(Boolean);
  return <p className={facts.lead}>{sentences.length ? sentences.join(' ') : words.nothing}</p>;
}

function Debits({ account: { debits } }: { account: CustomerAccount }) {
  const words = useWords(customerAccountWords);
  const language = useLanguage();
  if (debits.length === 0) return null;
  return (
    <section>
      <h2>{words.debits}</h2>
      <ul className={shared.list}>
        {debits.map(({ day, cents, creditor_name, mandate_rum }) => (
          <li key={`${day} ${mandate_rum}`}>
            <p className={shared.plain}>
              {words.debit(fullDay(day, language), euros(cents, language), creditor_name)}
            </p>
            <p className={shared.weak}>{words.mandate(mandate_rum)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What nobody has been notified of yet. */
function NextDebits({ account: { next_debits } }: { account: CustomerAccount }) {
  const words = useWords(customerAccountWords);
  const language = useLanguage();
  if (next_debits.length === 0) return null;
  return (
    <section>
      <h2>{words.next}</h2>
      <ul className={shared.list}>
        {next_debits.map(({ creditor_name, cents, first_day, alone_from, mandate_rum }) => {
          const sum = euros(cents, language);
          const sentence = first_day ? words.nextDebit : words.waits;
          const day = fullDay(first_day ?? alone_from ?? '', language);
          return (
            <li key={creditor_name}>
              <p className={shared.plain}>{sentence(day, sum, creditor_name)}</p>
              {mandate_rum && (
                <p className={shared.weak}>
                  {words.mandate(mandate_rum)}, {words.announced}
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The balance with each seller, and how it is paid. */
function Sellers({ account: { sellers } }: { account: CustomerAccount }) {
  const words = useWords(customerAccountWords);
  const language = useLanguage();
  return (
    <section>
      <h2>{words.sellers}</h2>
      <dl className={facts.sums}>
        {sellers.map(({ issuer_id, name, collector, is_debited, owed }) => (
          <Fragment key={issuer_id}>
            <dt>
              {name}
              <p className={shared.weak}>
                {[
                  is_debited ? words.ways.debited : words.ways.transfer,
                  collector && words.to(collector),
                ]
                  .filter(Boolean)
                  .join(', ')}
              </p>
            </dt>
            <dd>{euros(owed.open_cents, language)}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}
