import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { taxesWords } from '../../../messages/running/taxes';
import { Answer } from '../../../parts/Answer';
import { BackToBills } from '../../../parts/Back';
import { Card } from '../../../parts/Card';
import { Heading } from '../../../parts/Heading';
import tables from '../../../parts/Table.module.css';
import { profileInForce, profilesQuery, type Seller, sellersQuery } from '../../../queries/sellers';
import { fullDay } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';
import { Accise } from './Accise';
import styles from './Bills.module.css';

/** What is taxed, how, since when, and what says so. */
export function Taxes() {
  const { operation } = useParams({ from: '/inside/o/$operation/bills/taxes' });
  const words = useWords(taxesWords);
  return (
    <>
      <BackToBills operation={operation} />
      <Heading>{words.title}</Heading>
      <p>{words.lead}</p>
      <Accise operation={operation} />
      <Vat operation={operation} />
      <Card title={words.others}>
        <p>{words.othersHelp}</p>
      </Card>
    </>
  );
}

function Vat({ operation }: { operation: string }) {
  const words = useWords(taxesWords);
  const query = useQuery(sellersQuery(operation));
  return (
    <Card title={words.vat}>
      <p>{words.vatHelp}</p>
      <Answer query={query}>
        {(sellers) =>
          sellers.length === 0 ? (
            <p>{words.noSeller}</p>
          ) : (
            <table className={tables.table}>
              <caption>{words.vat}</caption>
              <thead>
                <tr>
                  <th scope="col">{words.seller}</th>
                  <th scope="col">{words.regime}</th>
                </tr>
              </thead>
              <tbody>
                {sellers.map((seller) => (
                  <VatOfSeller key={seller.member_id} operation={operation} seller={seller} />
                ))}
              </tbody>
            </table>
          )
        }
      </Answer>
    </Card>
  );
}

function VatOfSeller({ operation, seller }: { operation: string; seller: Seller }) {
  const words = useWords(taxesWords);
  const language = useLanguage();
  const { data } = useQuery(profilesQuery(operation, seller.member_id));
  const profile = data && profileInForce(data);
  return (
    <tr>
      <th scope="row">
        <Link
          to="/o/$operation/bills/sellers/$seller"
          params={{ operation, seller: seller.member_id }}
          hash="profile"
        >
          {seller.name}
        </Link>
      </th>
      <td>
        {words.vatOf[profile?.vat_regime ?? 'none']}{' '}
        {profile && (
          <span className={styles.beside}>
            {words.since(fullDay(profile.valid_from, language))}
          </span>
        )}
      </td>
    </tr>
  );
}
