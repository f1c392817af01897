import { useQuery } from '@tanstack/react-query';
import { capitalWords } from '../../messages/capital';
import { Answer } from '../../parts/Answer';
import { Card } from '../../parts/Card';
import { Download } from '../../parts/Download';
import tables from '../../parts/Table.module.css';
import {
  type Capital as CapitalOut,
  capitalQuery,
  loadCertificate,
  organiserQuery,
} from '../../queries/member';
import { fullDay } from '../../words/dates';
import { useLanguage, useWords } from '../../words/language';
import { euros } from '../../words/numbers';
import styles from './Capital.module.css';
import { MemberPage } from './MePage';

/** What I hold of each co-operative, and the paper that says so. */
export function Capital() {
  const words = useWords(capitalWords);
  return (
    <MemberPage title={words.title}>{({ member }) => <Held memberId={member.id} />}</MemberPage>
  );
}

function Held({ memberId }: { memberId: string }) {
  const words = useWords(capitalWords);
  const query = useQuery(capitalQuery(memberId));
  return (
    <Answer query={query}>
      {(capital) => (
        <>
          {capital.holdings.length === 0 && <p>{words.none}</p>}
          {capital.holdings.map((holding) => (
            <Holding key={holding.organiser_id} memberId={memberId} holding={holding} />
          ))}
          <details>
            <summary>{words.why}</summary>
            <p>{words.because}</p>
          </details>
          {capital.movements.length > 0 && <Movements capital={capital} />}
        </>
      )}
    </Answer>
  );
}

interface HoldingProps {
  memberId: string;
  holding: CapitalOut['holdings'][number];
}

function Holding({ memberId, holding }: HoldingProps) {
  const words = useWords(capitalWords);
  const language = useLanguage();
  const { data: organiser } = useQuery(organiserQuery(holding.organiser_id));
  return (
    <Card title={organiser?.name ?? words.title}>
      <p>
        <span className={styles.shares}>{words.shares(holding.capital_shares)}</span>{' '}
        {words.worth(euros(holding.amount_cents, language))}
      </p>
      <Download
        name={words.fileName}
        load={() => loadCertificate(memberId, holding.organiser_id, language)}
      >
        {words.certificate}
      </Download>
    </Card>
  );
}

function Movements({ capital: { movements, member_id } }: { capital: CapitalOut }) {
  const words = useWords(capitalWords);
  const language = useLanguage();
  const kindOf = (movement: CapitalOut['movements'][number]) => {
    if (movement.kind !== 'transfer') return movement.kind;
    return movement.to_member_id === member_id ? 'received' : 'given';
  };
  return (
    <table className={tables.table}>
      <caption>{words.movements}</caption>
      <thead>
        <tr>
          <th scope="col">{words.day}</th>
          <th scope="col">{words.what}</th>
          <th scope="col" className={tables.number}>
            {words.count}
          </th>
        </tr>
      </thead>
      <tbody>
        {movements.map((movement) => (
          <tr key={movement.id}>
            <th scope="row">{fullDay(movement.day, language)}</th>
            <td>
              {words.kinds[kindOf(movement)]}
              {movement.cancelled_at && ` (${words.cancelled})`}
            </td>
            <td className={tables.number}>
              {movement.to_member_id === member_id ? '+' : '−'}
              {movement.capital_shares}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
