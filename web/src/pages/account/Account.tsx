import { useQuery } from '@tanstack/react-query';
import { customerAccountWords } from '../../messages/customerAccount';
import { BackToInvoices } from '../../parts/Back';
import { Heading } from '../../parts/Heading';
import { meQuery } from '../../queries/me';
import { useWords } from '../../words/language';
import { AccountOf } from './AccountOf';

/** What I owe, what I have paid, and what is debited next. */
export function Account() {
  const words = useWords(customerAccountWords);
  const { data: me } = useQuery(meQuery);
  return (
    <>
      <BackToInvoices />
      <Heading>{words.title}</Heading>
      {me?.member_id ? <AccountOf memberId={me.member_id} /> : <p>{words.notAMember}</p>}
    </>
  );
}
