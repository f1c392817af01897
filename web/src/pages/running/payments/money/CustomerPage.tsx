import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { customerAccountWords } from '../../../../messages/customerAccount';
import { paymentsWords } from '../../../../messages/running/payments';
import { Back } from '../../../../parts/Back';
import { Heading } from '../../../../parts/Heading';
import { membersQuery } from '../../../../queries/perimeters';
import { useWords } from '../../../../words/language';
import { AccountOf } from '../../../account/AccountOf';

/** The account of a customer, of documents that the reader may see. */
export function CustomerPage() {
  const words = useWords(customerAccountWords);
  const ofPayments = useWords(paymentsWords);
  const { operation, customer } = useParams({
    from: '/inside/o/$operation/payments/customers/$customer',
  });
  const { data: members } = useQuery(membersQuery(operation));
  const name = members?.find(({ id }) => id === customer)?.name;
  return (
    <>
      <Back to="/o/$operation/payments" params={{ operation }}>
        {ofPayments.title}
      </Back>
      <Heading>{name ? words.titleOf(name) : words.customer}</Heading>
      <AccountOf memberId={customer} operation={operation} />
    </>
  );
}
