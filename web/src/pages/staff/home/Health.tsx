import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { staffAreaWords } from '../../../messages/staff/area';
import { staffHomeWords } from '../../../messages/staff/home';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { Icon } from '../../../parts/Icon';
import { QuietButton } from '../../../parts/QuietButton';
import shared from '../../../parts/Together.module.css';
import { type Health as HealthOut, healthQuery } from '../../../queries/health';
import { SERVICES, type Service } from '../../../queries/services';
import { colon, useLanguage, useWords } from '../../../words/language';

/** How each of the four services is, in words. */
export function Health() {
  const words = useWords(staffHomeWords);
  const query = useQuery(healthQuery);
  return (
    <Card title={words.health}>
      <p className={shared.weak}>{words.healthHelp}</p>
      <Answer query={query}>
        {(health) => (
          <ul className={shared.list}>
            {SERVICES.map((service) => (
              <OfService key={service} service={service} health={health[service]} />
            ))}
          </ul>
        )}
      </Answer>
      <QuietButton onPress={() => void query.refetch()}>{words.again}</QuietButton>
    </Card>
  );
}

interface OfServiceProps {
  service: Service;
  /** undefined: it does not answer. */
  health: HealthOut | undefined;
}

function OfService({ service, health }: OfServiceProps) {
  const words = useWords(staffHomeWords);
  const { services } = useWords(staffAreaWords);
  const isWell = health?.problems.length === 0 && health.warnings.length === 0;
  const isFailing = !health || health.problems.length > 0;
  const state = isWell ? words.ok : isFailing ? words.failing : words.degraded;
  return (
    <li>
      <div className={shared.line}>
        <h3 className={shared.title}>{services[service]}</h3>
        <p className={`${shared.state} ${isFailing ? shared.alert : ''}`}>
          <Icon name={isWell ? 'done' : 'alert'} /> {health ? state : words.away}
        </p>
      </div>
      {[...(health?.problems ?? []), ...(health?.warnings ?? [])].map((told) => (
        <Told key={told} told={told} />
      ))}
      {Boolean(health?.parked) && (
        <Link className={shared.more} to="/staff/events">
          {words.parked(health?.parked ?? 0)}
        </Link>
      )}
    </li>
  );
}

/** Which part has trouble, and what the service says of it: `mail: server-unreachable`. */
function Told({ told }: { told: string }) {
  const words = useWords(staffHomeWords);
  const language = useLanguage();
  const [part = '', ...said] = told.split(': ');
  return (
    <p>
      {(words.parts[part] ?? words.part(part)) + colon(language)}
      <span lang="en">{said.join(': ')}</span>
    </p>
  );
}
