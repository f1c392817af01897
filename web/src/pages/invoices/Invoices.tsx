import { type UseInfiniteQueryResult, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { invoicesWords } from '../../messages/invoices';
import { Answer } from '../../parts/Answer';
import facts from '../../parts/Facts.module.css';
import { Failed } from '../../parts/Failed';
import { Heading } from '../../parts/Heading';
import { Loading } from '../../parts/Loading';
import points from '../../parts/PointChoice.module.css';
import { QuietButton } from '../../parts/QuietButton';
import { Why } from '../../parts/Why';
import { type InvoiceSummary, owedQuery, type Side, summariesQuery } from '../../queries/invoices';
import { consumingPoints, type Me, meQuery, producingPoints } from '../../queries/me';
import { dayAt } from '../../words/dates';
import { useLanguage, useWords } from '../../words/language';
import { euros } from '../../words/numbers';
import { owedFirst, settledOf, sumsOfYear } from '../../words/payments';
import { GiftStatements } from './GiftStatements';
import { Owed, Settled } from './InvoiceLists';
import { OwnNotices } from './OwnNotices';
import { ReceivedPayouts } from './ReceivedPayouts';
import { Understand } from './Understand';

/** What I pay for local electricity, and, if I sell, what I am paid: what is open first. */
export function Invoices() {
  const words = useWords(invoicesWords);
  const { side } = useSearch({ from: '/inside/invoices' });
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  const isSeller = producingPoints(me).length > 0;
  const hasBoth = isSeller && consumingPoints(me).length > 0;
  const shown = side ?? (isSeller && !hasBoth ? 'sold' : 'bought');
  return (
    <>
      <Heading>{words.title}</Heading>
      {hasBoth && <Sides shown={shown} />}
      {shown === 'bought' && me.member_id && <OwnNotices />}
      {me.member_id ? (
        <OfMember key={shown} memberId={me.member_id} side={shown}>
          {shown === 'sold' && <ReceivedPayouts memberId={me.member_id} />}
          {operationsOf(me).map((operation) => (
            <GiftStatements key={operation} operation={operation} />
          ))}
          <Understand consumes={consumingPoints(me).length > 0} />
        </OfMember>
      ) : (
        <p>{words.notAMember}</p>
      )}
    </>
  );
}

/** Those in which I take part, or did. */
function operationsOf({ profile }: Me): string[] {
  const operations = profile?.participations.map(({ operation_id }) => operation_id);
  return [...new Set(operations)].sort();
}

function Sides({ shown }: { shown: Side }) {
  const words = useWords(invoicesWords);
  return (
    <nav aria-label={words.sides}>
      <ul className={points.points}>
        {(['bought', 'sold'] as const).map((side) => (
          <li key={side}>
            <Link
              to="/invoices"
              search={{ side }}
              aria-current={side === shown ? 'page' : undefined}
            >
              {words[side]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface OfMemberProps {
  memberId: string;
  side: Side;
  /** Below the invoices, once it is known how many they are: nothing moves under a finger. */
  children: ReactNode;
}

function OfMember({ memberId, side, children }: OfMemberProps) {
  const query = useInfiniteQuery(summariesQuery(memberId, side));
  if (query.isPending) return <Loading />;
  return (
    <>
      <OfSide query={query} memberId={memberId} side={side} />
      {children}
    </>
  );
}

interface OfSideProps {
  query: UseInfiniteQueryResult<InvoiceSummary[]>;
  memberId: string;
  side: Side;
}

function OfSide({ query, memberId, side }: OfSideProps) {
  const words = useWords(invoicesWords);
  const owed = useQuery(owedQuery(memberId, side));
  const [count, setCount] = useState(FEW);
  const { data, error, hasNextPage, isFetchingNextPage } = query;
  if (!data) return error && <Failed error={error} onRetry={() => void query.refetch()} />;
  if (data.length === 0 && !hasNextPage) return <p>{words.empty[side]}</p>;
  const settled = settledOf(data);
  return (
    <>
      <Year invoices={data} side={side} hasMore={hasNextPage} />
      <Why>
        <p>{words.why[side]}</p>
        <p>{words.whyAgain}</p>
      </Why>
      <Answer query={owed}>
        {(invoices) => <Owed owed={owedFirst(invoices)} all={data} side={side} />}
      </Answer>
      <Settled invoices={settled.slice(0, count)} all={data} side={side} />
      {error && <Failed error={error} onRetry={() => void query.fetchNextPage()} />}
      {(settled.length > count || hasNextPage) && !error && !isFetchingNextPage && (
        <QuietButton
          onPress={() => {
            setCount(count + MANY);
            if (settled.length < count + MANY && hasNextPage) void query.fetchNextPage();
          }}
        >
          {words.more}
        </QuietButton>
      )}
    </>
  );
}

/** How many settled ones are shown at first, and how many more each time. */
const FEW = 6;
const MANY = 24;

interface YearProps {
  invoices: InvoiceSummary[];
  side: Side;
  hasMore: boolean;
}

/** In one sentence what was paid this year; nothing as long as not all of the year is here. */
function Year({ invoices, side, hasMore }: YearProps) {
  const words = useWords(invoicesWords);
  const language = useLanguage();
  const year = dayAt(new Date()).slice(0, 4);
  const isWhole = !hasMore || (invoices.at(-1)?.issue_date ?? year) < year;
  if (!isWhole) return null;
  const { paid_cents, owed_cents, announced_cents } = sumsOfYear(invoices, year);
  const isNothingYet = paid_cents === 0 && owed_cents + announced_cents > 0;
  const sentences = [
    paid_cents ? words.year[side](year, euros(paid_cents, language)) : '',
    isNothingYet ? words.nothingYet(year) : '',
    owed_cents > 0 ? words.left[side](euros(owed_cents, language)) : '',
    announced_cents > 0 ? words.underway(euros(announced_cents, language)) : '',
  ].filter(Boolean);
  return sentences.length > 0 && <p className={facts.lead}>{sentences.join(' ')}</p>;
}
