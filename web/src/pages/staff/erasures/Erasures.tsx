import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { erasureWords } from '../../../messages/staff/erasures';
import { Answer } from '../../../parts/Answer';
import { BackToAccounts } from '../../../parts/Back';
import { Heading } from '../../../parts/Heading';
import { Said } from '../../../parts/Said';
import shared from '../../../parts/Together.module.css';
import { erasureRequestsQuery } from '../../../queries/erasures';
import { useWords } from '../../../words/language';
import { NotingRequest } from './NotingRequest';
import { Request } from './Request';

/** Who asked to be erased: what stands in the way, and carrying it out within the law's month. */
export function Erasures() {
  const words = useWords(erasureWords);
  const query = useQuery(erasureRequestsQuery);
  const [done, setDone] = useState('');
  return (
    <>
      <BackToAccounts />
      <Heading>{words.title}</Heading>
      <p className={shared.lead}>{words.lead}</p>
      <Said>{done}</Said>
      <Answer query={query}>
        {(requests) =>
          requests.length === 0 ? (
            <p>{words.none}</p>
          ) : (
            requests.map((request) => (
              <Request key={request.member_id} request={request} onDone={setDone} />
            ))
          )
        }
      </Answer>
      <NotingRequest />
    </>
  );
}
