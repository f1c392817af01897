import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { paymentsWords } from '../../../messages/running/payments';
import { Answer } from '../../../parts/Answer';
import { Back } from '../../../parts/Back';
import { Heading } from '../../../parts/Heading';
import choice from '../../../parts/PointChoice.module.css';
import { type BookOwner, type Collector, payeesQuery, type Seller } from '../../../queries/payees';
import { useWords } from '../../../words/language';
import { WhoseMoney } from './WhoseMoney';
import { WhyMoney } from './WhyMoney';

const OPERATION = '/inside/o/$operation';
const PAYMENTS = '/inside/o/$operation/payments';

interface OfPayeeProps<Payee> {
  title: string;
  /** Another page than that of the area that it belongs to. */
  back?: ReactNode;
  children: (payee: Payee) => ReactNode;
}

/** A page about one who sells or collects, and whose books the reader keeps. */
export function OfBookOwner({ title, back, children }: OfPayeeProps<BookOwner>) {
  return (
    <Page title={title} back={back}>
      {(operation) => <BookOwners operation={operation}>{children}</BookOwners>}
    </Page>
  );
}

/** A page about one who sells, and whose books the reader keeps. */
export function OfSeller({ title, back, children }: OfPayeeProps<Seller>) {
  return (
    <Page title={title} back={back}>
      {(operation) => <Sellers operation={operation}>{children}</Sellers>}
    </Page>
  );
}

/** A page about an account to which money comes. */
export function OfCollector({ title, back, children }: OfPayeeProps<Collector>) {
  return (
    <Page title={title} back={back}>
      {(operation) => <Collectors operation={operation}>{children}</Collectors>}
    </Page>
  );
}

interface PageProps extends Pick<OfPayeeProps<never>, 'title' | 'back'> {
  children: (operation: string) => ReactNode;
}

function Page({ title, back, children }: PageProps) {
  const words = useWords(paymentsWords);
  const { operation } = useParams({ from: OPERATION });
  return (
    <>
      {back ?? (
        <Back to="/o/$operation/payments" params={{ operation }}>
          {words.title}
        </Back>
      )}
      <Heading>{title}</Heading>
      {children(operation)}
      <WhyMoney />
    </>
  );
}

interface ChosenProps<Payee> {
  operation: string;
  children: (payee: Payee) => ReactNode;
}

function Sellers({ operation, children }: ChosenProps<Seller>) {
  const query = useQuery(payeesQuery(operation));
  return (
    <Answer query={query}>
      {({ sellers }) => (
        <Chosen among={sellers.filter(({ keepsBooks }) => keepsBooks)} {...{ sellers, children }} />
      )}
    </Answer>
  );
}

function BookOwners({ operation, children }: ChosenProps<BookOwner>) {
  const query = useQuery(payeesQuery(operation));
  return (
    <Answer query={query}>
      {({ sellers, bookOwners }) => <Chosen among={bookOwners} {...{ sellers, children }} />}
    </Answer>
  );
}

function Collectors({ operation, children }: ChosenProps<Collector>) {
  const query = useQuery(payeesQuery(operation));
  return (
    <Answer query={query}>
      {({ sellers, collectors }) => <Chosen among={collectors} {...{ sellers, children }} />}
    </Answer>
  );
}

interface AmongProps<Payee> {
  among: readonly Payee[];
  sellers: readonly Seller[];
  children: (payee: Payee) => ReactNode;
}

/** The one that the address names, else the first; where there are several, the ways to others. */
function Chosen<Payee extends { id: string; name: string }>(props: AmongProps<Payee>) {
  const { among, sellers, children } = props;
  const words = useWords(paymentsWords);
  const { payee: asked } = useSearch({ from: PAYMENTS });
  const chosen = among.find(({ id }) => id === asked) ?? among[0];
  if (!chosen) return <WhoseMoney sellers={sellers} />;
  return (
    <>
      {among.length > 1 && (
        <nav aria-label={words.payees}>
          <ul className={choice.points}>
            {among.map(({ id, name }) => (
              <li key={id}>
                <Link
                  to="."
                  search={{ payee: id }}
                  aria-current={id === chosen.id ? 'true' : undefined}
                >
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {children(chosen)}
    </>
  );
}
