import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { paymentsWords } from '../../../messages/running/payments';
import { Answer } from '../../../parts/Answer';
import { BackToOperation } from '../../../parts/Back';
import { Heading } from '../../../parts/Heading';
import { payeesQuery } from '../../../queries/payees';
import { perimeterQuery } from '../../../queries/perimeters';
import { useWords } from '../../../words/language';
import { OperationMoney } from './money/OperationMoney';
import { SellerCard } from './SellerCard';
import { Tasks } from './Tasks';
import { WhoseMoney } from './WhoseMoney';
import { WhyMoney } from './WhyMoney';

/** The money of an operation: what has to be done, who owes, what came, and each seller. */
export function Payments() {
  const words = useWords(paymentsWords);
  const { operation } = useParams({ from: '/inside/o/$operation' });
  const query = useQuery(payeesQuery(operation));
  const { data: perimeter } = useQuery(perimeterQuery(operation));
  return (
    <>
      <BackToOperation id={operation} name={perimeter?.name ?? operation} />
      <Heading>{words.title}</Heading>
      <Answer query={query}>
        {({ sellers, collectors }) => (
          <>
            <WhoseMoney sellers={sellers} />
            {sellers.length > 0 && <Tasks operation={operation} />}
            {sellers.length > 0 && <OperationMoney operation={operation} />}
            {sellers.map((seller) => (
              <SellerCard
                key={seller.id}
                operation={operation}
                seller={seller}
                collectors={collectors}
              />
            ))}
          </>
        )}
      </Answer>
      <WhyMoney />
    </>
  );
}
