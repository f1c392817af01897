import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { paymentsWords } from '../../../messages/running/payments';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import facts from '../../../parts/Facts.module.css';
import shared from '../../../parts/Together.module.css';
import { owedInQuery } from '../../../queries/owed';
import type { Collector, Seller } from '../../../queries/payees';
import { receivedQuery } from '../../../queries/received';
import { monthAt } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';
import { euros } from '../../../words/numbers';
import { sumsOwed } from '../../../words/paymentTasks';
import styles from './Payments.module.css';
import { pagesFor } from './pages';

interface SellerCardProps {
  operation: string;
  seller: Seller;
  collectors: readonly Collector[];
}

/** How it stands with the money of a seller, and the ways to its pages. */
export function SellerCard({ operation, seller, collectors }: SellerCardProps) {
  const words = useWords(paymentsWords);
  const own = collectors.find(({ id }) => id === seller.id);
  const other = collectors.find(({ others }) => others.some(({ id }) => id === seller.id));
  return (
    <Card title={seller.name}>
      <Sums operation={operation} seller={seller} own={own} />
      <p className={shared.weak}>
        {words.inOperation} {other && words.collectedBy(other.name)}
      </p>
      <nav aria-label={words.pages(seller.name)}>
        <ul className={styles.pages}>
          {pagesFor(seller, own ?? other).map(({ to, word, ofAccount }) => (
            <li key={word}>
              <Link
                to={to}
                params={{ operation }}
                search={{ payee: ofAccount ? ((own ?? other)?.id ?? seller.id) : seller.id }}
              >
                {words[word]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </Card>
  );
}

interface SumsProps {
  operation: string;
  seller: Seller;
  /** Where money comes to its own account, which the reader may see. */
  own: Collector | undefined;
}

function Sums({ operation, seller, own }: SumsProps) {
  const words = useWords(paymentsWords);
  const language = useLanguage();
  const query = useQuery(owedInQuery(operation));
  return (
    <Answer query={query}>
      {(all) => {
        const sums = sumsOwed(all.filter(({ issuer }) => issuer.member_id === seller.id));
        return (
          <dl className={facts.sums}>
            <dt>{words.owed}</dt>
            <dd>{euros(sums.owed, language)}</dd>
            <dt>{words.overdue}</dt>
            <dd className={sums.overdue > 0 ? shared.alert : undefined}>
              {euros(sums.overdue, language)}
            </dd>
            <dt>{words.announced}</dt>
            <dd>{euros(sums.announced, language)}</dd>
            {own && <Received id={own.id} />}
          </dl>
        );
      }}
    </Answer>
  );
}

function Received({ id }: { id: string }) {
  const words = useWords(paymentsWords);
  const language = useLanguage();
  const { data: cents } = useQuery(receivedQuery(id, monthAt(new Date())));
  if (cents === undefined) return null;
  return (
    <>
      <dt>{words.received}</dt>
      <dd>{euros(cents, language)}</dd>
    </>
  );
}
