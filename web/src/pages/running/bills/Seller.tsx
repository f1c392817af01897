import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { sellerWords } from '../../../messages/running/sellers';
import { Answer } from '../../../parts/Answer';
import { BackToBills } from '../../../parts/Back';
import { Heading } from '../../../parts/Heading';
import { PageAnswer } from '../../../parts/PageAnswer';
import reasons from '../../../parts/Reasons.module.css';
import shared from '../../../parts/Together.module.css';
import { type Seller as Payee, payeesQuery } from '../../../queries/payees';
import { type Member, membersQuery } from '../../../queries/perimeters';
import { profileInForce, profilesQuery, type Seller, sellersQuery } from '../../../queries/sellers';
import { useWords } from '../../../words/language';
import { MENDED_IN, missingOf } from '../../../words/sellers';
import { WhoseMoney } from '../payments/WhoseMoney';
import { Account } from './SellerAccount';
import { Identity } from './SellerIdentity';
import { Invoicing } from './SellerProfile';
import { Surplus } from './surplus/Surplus';

/** What the law and the bank want to know of who sells, and what of it is missing. */
export function SellerPage() {
  const { operation, seller: id } = useParams({
    from: '/inside/o/$operation/bills/sellers/$seller',
  });
  const words = useWords(sellerWords);
  const sellers = useQuery(sellersQuery(operation));
  const members = useQuery(membersQuery(operation));
  return (
    <>
      <BackToBills operation={operation} />
      <PageAnswer query={sellers}>
        {(all) => (
          <Answer query={members}>
            {(people) => {
              const seller = all.find(({ member_id }) => member_id === id);
              const member = people.find((one) => one.id === id);
              if (seller && member) {
                return <OneSeller operation={operation} seller={seller} member={member} />;
              }
              return (
                <>
                  <Heading>{words.notThere}</Heading>
                  <p>{words.notThereHelp}</p>
                </>
              );
            }}
          </Answer>
        )}
      </PageAnswer>
    </>
  );
}

export interface OfSeller {
  operation: string;
  seller: Seller;
  member: Member;
}

function OneSeller(of: OfSeller) {
  const words = useWords(sellerWords);
  const payees = useQuery(payeesQuery(of.operation));
  return (
    <>
      <Heading>{of.member.name}</Heading>
      <p>{words.sells(of.seller.points.length)}</p>
      <Answer query={payees}>
        {({ sellers }) => (
          <Parts {...of} payee={sellers.find(({ id }) => id === of.seller.member_id)} />
        )}
      </Answer>
    </>
  );
}

/** What the reader may write of the seller, and whose affair the rest is. */
function Parts({ payee, ...of }: OfSeller & { payee: Payee | undefined }) {
  if (!payee) return null;
  return (
    <>
      {payee.keepsBooks && (
        <>
          <InTheWay {...of} />
          <Identity {...of} />
          <Invoicing {...of} />
        </>
      )}
      {payee.creditor === undefined ? <WhoseMoney sellers={[payee]} /> : <Account {...of} />}
      <Surplus operation={of.operation} plants={of.seller.points} mayChange={payee.keepsBooks} />
    </>
  );
}

/** What keeps the seller from invoicing, each with the part of the page that mends it. */
function InTheWay({ operation, member }: OfSeller) {
  const words = useWords(sellerWords);
  const query = useQuery(profilesQuery(operation, member.id));
  return (
    <Answer query={query}>
      {(profiles) => {
        const missing = missingOf(member, profileInForce(profiles));
        if (missing.length === 0) return <p className={shared.state}>{words.ready}</p>;
        return (
          <>
            <h2>{words.blocked}</h2>
            <ul className={reasons.reasons}>
              {missing.map((one) => (
                <li key={one}>
                  <span>{words.missing[one]}</span>
                  <a href={`#${MENDED_IN[one]}`}>{words.mend[MENDED_IN[one]]}</a>
                </li>
              ))}
            </ul>
          </>
        );
      }}
    </Answer>
  );
}
