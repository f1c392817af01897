import { useQuery } from '@tanstack/react-query';
import { openWords } from '../../../../messages/running/paymentsOpen';
import { Answer } from '../../../../parts/Answer';
import facts from '../../../../parts/Facts.module.css';
import shared from '../../../../parts/Together.module.css';
import { type CustomerBalance, openItemsQuery } from '../../../../queries/openItems';
import type { Seller } from '../../../../queries/payees';
import { type Schedule, schedulesQuery } from '../../../../queries/reminders';
import { useLanguage, useWords } from '../../../../words/language';
import { euros, sum } from '../../../../words/numbers';
import { oldestFirst } from '../../../../words/reminders';
import { OfSeller } from '../OfPayee';
import { OfCustomer } from './OfCustomer';
import { Reminding } from './Reminding';
import { WrittenOff } from './WrittenOff';

/** What customers owe a seller, and what was done about it. */
export function OpenItems() {
  const words = useWords(openWords);
  return (
    <OfSeller title={words.title}>{(seller) => <OfOne key={seller.id} seller={seller} />}</OfSeller>
  );
}

function OfOne({ seller }: { seller: Seller }) {
  const open = useQuery(openItemsQuery(seller.id));
  const schedules = useQuery(schedulesQuery(seller.id));
  return (
    <Answer query={open}>
      {(balances) => (
        <Answer query={schedules}>
          {(told) => (
            <>
              <All seller={seller} balances={balances} schedules={told} />
              <WrittenOff seller={seller.id} />
            </>
          )}
        </Answer>
      )}
    </Answer>
  );
}

interface AllProps {
  seller: Seller;
  balances: readonly CustomerBalance[];
  schedules: readonly Schedule[];
}

function All({ seller, balances, schedules }: AllProps) {
  const words = useWords(openWords);
  if (balances.length === 0) return <p className={shared.lead}>{words.none}</p>;
  const ordered = oldestFirst(balances);
  const late = ordered.filter(({ overdue_cents }) => overdue_cents > 0);
  const others = ordered.filter(({ overdue_cents }) => overdue_cents <= 0);
  const linesOf = (some: readonly CustomerBalance[]) =>
    some.map((balance) => (
      <OfCustomer
        key={balance.customer_id}
        seller={seller.id}
        balance={balance}
        schedules={schedules}
      />
    ));
  return (
    <>
      <Sums balances={balances} />
      <Reminding seller={seller} balances={balances} schedules={schedules} />
      {late.length > 0 && (
        <>
          <h2>{words.lateOnes}</h2>
          <ul className={shared.list}>{linesOf(late)}</ul>
        </>
      )}
      {others.length > 0 && (
        <details open={late.length === 0}>
          <summary>{words.others(others.length)}</summary>
          <ul className={shared.list}>{linesOf(others)}</ul>
        </details>
      )}
    </>
  );
}

function Sums({ balances }: { balances: readonly CustomerBalance[] }) {
  const words = useWords(openWords);
  const language = useLanguage();
  const items = balances.flatMap((balance) => balance.items.map(({ open_cents }) => open_cents));
  const overdue = sum(balances.map(({ overdue_cents }) => overdue_cents));
  const credit = -sum(items.filter((cents) => cents < 0));
  return (
    <dl className={facts.sums}>
      <dt>{words.total}</dt>
      <dd>{euros(sum(items.filter((cents) => cents > 0)), language)}</dd>
      <dt>{words.overdue}</dt>
      <dd className={overdue > 0 ? shared.alert : undefined}>{euros(overdue, language)}</dd>
      {credit > 0 && (
        <>
          <dt>{words.credit}</dt>
          <dd>{euros(credit, language)}</dd>
        </>
      )}
    </dl>
  );
}
