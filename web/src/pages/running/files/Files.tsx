import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { fileWords } from '../../../messages/running/files';
import { Answer } from '../../../parts/Answer';
import { BackToOperation } from '../../../parts/Back';
import { Heading } from '../../../parts/Heading';
import { More } from '../../../parts/More';
import { PageAnswer } from '../../../parts/PageAnswer';
import shared from '../../../parts/Together.module.css';
import { Why } from '../../../parts/Why';
import { deliveriesQuery } from '../../../queries/deliveries';
import { isStaff, meQuery } from '../../../queries/me';
import { perimeterQuery } from '../../../queries/perimeters';
import { useWords } from '../../../words/language';
import { OwnDelivery } from './OwnDelivery';
import { OwnSending } from './OwnSending';

/** The DSO's files that one has sent for one's operation, and the place to send more. */
export function Files() {
  const { operation } = useParams({ from: '/inside/o/$operation/files' });
  const words = useWords(fileWords);
  const query = useQuery(perimeterQuery(operation));
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  return (
    <PageAnswer query={query}>
      {({ name }) => (
        <>
          <BackToOperation id={operation} name={name} />
          <Heading>{words.title}</Heading>
          {isStaff(me) ? <OfStaff /> : <OfOrganiser operation={operation} />}
        </>
      )}
    </PageAnswer>
  );
}

/** What staff send counts as the DSO's: they have a page for all operations. */
function OfStaff() {
  const words = useWords(fileWords);
  return (
    <>
      <p className={shared.lead}>{words.staff}</p>
      <Link className={shared.more} to="/staff/deliveries">
        {words.toStaff}
      </Link>
    </>
  );
}

function OfOrganiser({ operation }: { operation: string }) {
  const words = useWords(fileWords);
  return (
    <>
      <p className={shared.lead}>{words.lead}</p>
      <Why title={words.why}>
        <p>{words.whyOwn}</p>
        <p>{words.whyBelow}</p>
      </Why>
      <OwnSending operation={operation} />
      <h2>{words.list}</h2>
      <Listed operation={operation} />
    </>
  );
}

function Listed({ operation }: { operation: string }) {
  const words = useWords(fileWords);
  const query = useInfiniteQuery(deliveriesQuery(undefined));
  return (
    <>
      <Answer query={query}>
        {({ pages }) => {
          const deliveries = pages.flat();
          if (deliveries.length === 0) return <p>{words.none}</p>;
          return (
            <ul className={shared.list}>
              {deliveries.map((delivery) => (
                <li key={delivery.id}>
                  <OwnDelivery operation={operation} delivery={delivery} />
                </li>
              ))}
            </ul>
          );
        }}
      </Answer>
      <More query={query}>{words.more}</More>
    </>
  );
}
