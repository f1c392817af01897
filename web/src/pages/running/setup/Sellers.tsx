import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { billsAreaWords } from '../../../messages/running/bills';
import { sellerWords } from '../../../messages/running/sellers';
import { setUpFormWords } from '../../../messages/running/setUpForms';
import { Card } from '../../../parts/Card';
import go from '../../../parts/Go.module.css';
import { Loading } from '../../../parts/Loading';
import { payeesQuery } from '../../../queries/payees';
import type { Member } from '../../../queries/perimeters';
import { isReady, type SetUpSeller } from '../../../queries/setUp';
import { dayAt } from '../../../words/dates';
import { useWords } from '../../../words/language';
import { AccountState } from '../bills/SellerAccount';
import { ProfileForm } from '../bills/SellerProfile';
import type { OfSetUp } from './ofSetUp';

/** Who sells, each with what its invoices wait for. */
export function Sellers({ operation, setUp }: OfSetUp) {
  const words = useWords(setUpFormWords);
  const plants = setUp.points.filter(({ direction }) => direction === 'production');
  if (plants.length === 0) return null;
  if (setUp.sellers.length === 0) return <p role="status">{words.waitsForSellers}</p>;
  return setUp.sellers.map((seller) => (
    <Card key={seller.member_id} title={seller.name}>
      {isReady(seller) ? (
        <p>{words.isReady}</p>
      ) : (
        <Unready
          operation={operation}
          seller={seller}
          firstDay={earlier(setUp.operation.valid_from, dayAt(new Date()))}
        />
      )}
      {seller.member && <OptionalAccount operation={operation} member={seller.member} />}
    </Card>
  ));
}

interface UnreadyProps {
  operation: string;
  seller: SetUpSeller;
  /** Of a first profile. */
  firstDay: string;
}

/** What is missing: the profile by its form, anything else by the page of the seller. */
function Unready({ operation, seller, firstDay }: UnreadyProps) {
  const words = useWords(sellerWords);
  const ofBills = useWords(billsAreaWords);
  const { member, missing, name, member_id } = seller;
  const others = missing.filter((one) => one !== 'profile');
  // A list from before the seller was there is shown until the next one has come.
  if (!member) return <Loading />;
  return (
    <>
      {others.length > 0 && (
        <>
          <ul>
            {others.map((one) => (
              <li key={one}>{words.missing[one]}</li>
            ))}
          </ul>
          <Link
            className={go.quiet}
            to="/o/$operation/bills/sellers/$seller"
            params={{ operation, seller: member_id }}
          >
            {ofBills.openSeller(name)}
          </Link>
        </>
      )}
      {missing.includes('profile') && (
        <ProfileForm
          operation={operation}
          member={member}
          profile={undefined}
          firstDay={firstDay}
        />
      )}
    </>
  );
}

/** Where its customers pay it: not in the way of an invoice, and not for whoever runs a part of it. */
function OptionalAccount({ operation, member }: { operation: string; member: Member }) {
  const words = useWords(setUpFormWords);
  const { data } = useQuery(payeesQuery(operation));
  const payee = data?.sellers.find(({ id }) => id === member.id);
  if (!payee || payee.creditor === undefined) return null;
  return (
    <section>
      <h3>{words.accountTitle}</h3>
      <p>{words.accountHelp}</p>
      <AccountState operation={operation} member={member} />
    </section>
  );
}

/** Billing says who can invoice today: a profile from a day to come would not count yet. */
function earlier(one: string, other: string): string {
  return one < other ? one : other;
}
