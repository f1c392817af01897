import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { mandateDeskWords } from '../../../../messages/running/paymentsMandates';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import shared from '../../../../parts/Together.module.css';
import { mandatesOfQuery, requestsOfQuery } from '../../../../queries/mandateDesk';
import { owedInQuery } from '../../../../queries/owed';
import type { Collector } from '../../../../queries/payees';
import { useWords } from '../../../../words/language';
import { withoutMandate } from '../../../../words/paymentTasks';
import { OfCollector } from '../OfPayee';
import { MandateList } from './MandateList';
import { Recording } from './Recording';
import { WaitingRequest } from './WaitingRequest';

/** Who may be debited, who asks to be, and who pays otherwise. */
export function Mandates() {
  const words = useWords(mandateDeskWords);
  return (
    <OfCollector title={words.title}>
      {(collector) => (
        <>
          <Requests collector={collector} />
          <Without collector={collector} />
          <All collector={collector} />
          <Recording key={collector.id} collector={collector} />
        </>
      )}
    </OfCollector>
  );
}

function Requests({ collector: { id } }: { collector: Collector }) {
  const words = useWords(mandateDeskWords);
  const query = useQuery(requestsOfQuery(id));
  return (
    <Card title={words.requests}>
      <Answer query={query}>
        {(requests) =>
          requests.length === 0 ? (
            <p className={shared.weak}>{words.noRequest}</p>
          ) : (
            <ul className={shared.list}>
              {requests.map((request) => (
                <li key={request.id}>
                  <WaitingRequest request={request} />
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Card>
  );
}

/** What a missing mandate means. */
function Without({ collector }: { collector: Collector }) {
  const words = useWords(mandateDeskWords);
  const { operation } = useParams({ from: '/inside/o/$operation' });
  const owed = useQuery(owedInQuery(operation));
  const mandates = useQuery(mandatesOfQuery(collector.id));
  const issuers = [collector, ...collector.others].map(({ id }) => id);
  return (
    <Card title={words.without}>
      <Answer query={owed}>
        {(all) => (
          <Answer query={mandates}>
            {(made) => {
              const ofIssuers = all.filter(({ issuer }) => issuers.includes(issuer.member_id));
              const names = withoutMandate(ofIssuers, made);
              if (names.length === 0) return <p className={shared.weak}>{words.allHave}</p>;
              return (
                <>
                  <p>{words.withoutHelp(names.length)}</p>
                  <ul>
                    {names.map((name) => (
                      <li key={name}>{name}</li>
                    ))}
                  </ul>
                </>
              );
            }}
          </Answer>
        )}
      </Answer>
    </Card>
  );
}

function All({ collector: { id } }: { collector: Collector }) {
  const words = useWords(mandateDeskWords);
  const query = useQuery(mandatesOfQuery(id));
  return (
    <>
      <h2>{words.list}</h2>
      <Answer query={query}>
        {(mandates) => {
          const inForce = mandates.filter(({ revoked_on }) => revoked_on === null);
          const ended = mandates.filter(({ revoked_on }) => revoked_on !== null);
          return (
            <>
              {inForce.length === 0 && <p className={shared.weak}>{words.none}</p>}
              <MandateList mandates={inForce} />
              {ended.length > 0 && (
                <details>
                  <summary>{words.ended(ended.length)}</summary>
                  <MandateList mandates={ended} />
                </details>
              )}
            </>
          );
        }}
      </Answer>
    </>
  );
}
