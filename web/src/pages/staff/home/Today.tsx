import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { staffAreaWords } from '../../../messages/staff/area';
import { staffHomeWords } from '../../../messages/staff/home';
import { Card } from '../../../parts/Card';
import { Failed } from '../../../parts/Failed';
import { Loading } from '../../../parts/Loading';
import shared from '../../../parts/Together.module.css';
import { SERVICES, type Service } from '../../../queries/services';
import { todayQueries, type Waiting } from '../../../queries/today';
import { useWords } from '../../../words/language';
import { placeOf } from '../../../words/waiting';

/** What waits for a person in all four services; one that does not answer hides no other. */
export function Today() {
  const words = useWords(staffHomeWords);
  const { services } = useWords(staffAreaWords);
  const answers = useQueries({ queries: todayQueries });
  const isEmpty = answers.every(({ data }) => data?.length === 0);
  return (
    <Card title={words.waits}>
      {isEmpty && <p>{words.nothing}</p>}
      {answers.some(({ isPending }) => isPending) && <Loading />}
      <ul className={shared.list}>
        {SERVICES.map((service, place) =>
          (answers[place]?.data ?? []).map((waiting) => (
            <Line key={waiting.kind} service={service} waiting={waiting} />
          )),
        )}
      </ul>
      {SERVICES.map((service, place) => {
        const answer = answers[place];
        if (!answer?.error || answer.data) return null;
        return (
          <div key={service}>
            <p>{words.unanswered(services[service])}</p>
            <Failed error={answer.error} onRetry={() => void answer.refetch()} />
          </div>
        );
      })}
    </Card>
  );
}

function Line({ service, waiting }: { service: Service; waiting: Waiting }) {
  const words = useWords(staffHomeWords);
  const known = words.kinds[waiting.kind];
  const place = placeOf(waiting);
  const title = known?.title(waiting.count) ?? `${waiting.kind}: ${waiting.count}`;
  return (
    <li>
      <div className={shared.line}>
        <h3 className={shared.title} lang={known ? undefined : 'en'}>
          {title}
        </h3>
        {place && (
          <Link className={shared.more} aria-label={words.seeAll(title)} {...place}>
            {words.see}
          </Link>
        )}
      </div>
      <p className={shared.weak} lang={known ? undefined : 'en'}>
        {known?.todo ?? waiting.todo}
      </p>
      {!place && <ByApi service={service} next={waiting.next} />}
    </li>
  );
}

/** How one goes on without a page: the route, and where it is explained. */
function ByApi({ service, next }: { service: Service; next: string }) {
  const words = useWords(staffHomeWords);
  const { services } = useWords(staffAreaWords);
  return (
    <p className={shared.weak}>
      {words.byApi} <code>{next}</code> · {/* Not a page of ours: the service writes it. */}
      <a href={`/${service}/docs`}>{words.documentation(services[service])}</a>
    </p>
  );
}
