import { useQuery } from '@tanstack/react-query';
import { setUpFormWords } from '../../../messages/running/setUpForms';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { Loading } from '../../../parts/Loading';
import { membersQuery } from '../../../queries/perimeters';
import { dayAt } from '../../../words/dates';
import { useWords } from '../../../words/language';
import type { OfSetUp } from './ofSetUp';
import { SellerForm } from './SellerForm';

/** Who sells, each with the form that its invoices wait for. */
export function Sellers({ operation, setUp }: OfSetUp) {
  const words = useWords(setUpFormWords);
  const query = useQuery(membersQuery(operation));
  const plants = setUp.points.filter(({ direction }) => direction === 'production');
  if (plants.length === 0) return null;
  if (setUp.sellers.length === 0) return <p role="status">{words.waitsForSellers}</p>;
  return setUp.sellers.map((seller) => (
    <Card key={seller.member_id} title={seller.name}>
      {seller.has_profile ? (
        <p>{words.hasProfile}</p>
      ) : (
        <Answer query={query}>
          {(members) => {
            // A list from before the seller was there is shown until the next one has come.
            const member = members.find(({ id }) => id === seller.member_id);
            if (!member) return <Loading />;
            return (
              <SellerForm
                operation={operation}
                validFrom={earlier(setUp.operation.valid_from, dayAt(new Date()))}
                member={member}
              />
            );
          }}
        </Answer>
      )}
    </Card>
  ));
}

/** Billing says who can invoice today: a profile from a day to come would not count yet. */
function earlier(one: string, other: string): string {
  return one < other ? one : other;
}
