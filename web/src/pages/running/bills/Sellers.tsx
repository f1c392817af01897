import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { billsAreaWords } from '../../../messages/running/bills';
import { collectingWords } from '../../../messages/running/collecting';
import { sellerWords } from '../../../messages/running/sellers';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import go from '../../../parts/Go.module.css';
import shared from '../../../parts/Together.module.css';
import { type Member, membersQuery } from '../../../queries/perimeters';
import { profileInForce, profilesQuery, type Seller, sellersQuery } from '../../../queries/sellers';
import { useWords } from '../../../words/language';
import { missingOf } from '../../../words/sellers';

/** Who sells in an operation, and what each lacks to invoice. */
export function Sellers({ operation }: { operation: string }) {
  const words = useWords(billsAreaWords);
  const ofCollecting = useWords(collectingWords);
  const sellers = useQuery(sellersQuery(operation));
  const members = useQuery(membersQuery(operation));
  return (
    <Card title={words.sellers}>
      <Answer query={sellers}>
        {(all) =>
          all.length === 0 ? (
            <p>{words.noSeller}</p>
          ) : (
            <Answer query={members}>
              {(people) => (
                <ul className={shared.list}>
                  {all.map((seller) => (
                    <Line
                      key={seller.member_id}
                      operation={operation}
                      seller={seller}
                      member={people.find(({ id }) => id === seller.member_id)}
                    />
                  ))}
                </ul>
              )}
            </Answer>
          )
        }
      </Answer>
      <p className={shared.weak}>{ofCollecting.openHelp}</p>
      <Link className={go.quiet} to="/o/$operation/bills/collecting" params={{ operation }}>
        {ofCollecting.open}
      </Link>
    </Card>
  );
}

interface LineProps {
  operation: string;
  seller: Seller;
  member: Member | undefined;
}

function Line({ operation, seller, member }: LineProps) {
  const words = useWords(billsAreaWords);
  return (
    <li className={shared.line}>
      <div>
        <p className={shared.plain}>
          {seller.name} · {words.plants(seller.points.length)}
        </p>
        {member && <Lacks operation={operation} member={member} />}
      </div>
      <Link
        className={go.quiet}
        to="/o/$operation/bills/sellers/$seller"
        params={{ operation, seller: seller.member_id }}
        aria-label={words.openSeller(seller.name)}
      >
        {words.seller}
      </Link>
    </li>
  );
}

function Lacks({ operation, member }: { operation: string; member: Member }) {
  const words = useWords(billsAreaWords);
  const ofSellers = useWords(sellerWords);
  const query = useQuery(profilesQuery(operation, member.id));
  return (
    <Answer query={query}>
      {(profiles) => {
        const missing = missingOf(member, profileInForce(profiles));
        if (missing.length === 0) return <p className={shared.weak}>{words.complete}</p>;
        return missing.map((one) => (
          <p key={one} className={`${shared.weak} ${shared.alert}`}>
            {ofSellers.missing[one]}
          </p>
        ));
      }}
    </Answer>
  );
}
