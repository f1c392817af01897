import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { homeWords } from '../../../messages/running/home';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { Icon } from '../../../parts/Icon';
import shared from '../../../parts/Together.module.css';
import { type Alert, alertsQuery } from '../../../queries/alerts';
import { fullDay, lastMonthOver, monthAt, monthName } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';

/** What is wrong in an operation, with the way to where it is mended. */
export function Alerts({ operation }: { operation: string }) {
  const words = useWords(homeWords);
  const now = new Date();
  const query = useQuery(alertsQuery(operation, [lastMonthOver(now), monthAt(now)]));
  return (
    <Card title={words.alerts}>
      <Answer query={query}>
        {(alerts) =>
          alerts.length === 0 ? (
            <p className={shared.weak}>{words.noAlert}</p>
          ) : (
            <ul className={shared.list}>
              {alerts.map((alert) => (
                <Line key={keyOf(alert)} operation={operation} alert={alert} />
              ))}
            </ul>
          )
        }
      </Answer>
    </Card>
  );
}

function Line({ operation, alert }: { operation: string; alert: Alert }) {
  const words = useWords(homeWords);
  const language = useLanguage();
  return (
    <li>
      <p className={`${shared.state} ${shared.alert}`}>
        <Icon name="alert" />
        {alert.kind === 'late' && words.late(alert.points, fullDay(alert.since, language))}
        {alert.kind === 'outdated' && words.outdated(monthName(alert.month, language))}
        {(alert.kind === 'rejected' || alert.kind === 'overdue') && words[alert.kind](alert.count)}
      </p>
      {'month' in alert ? (
        <Link
          className={shared.more}
          to="/o/$operation/months/$month"
          params={{ operation, month: alert.month }}
          hash={alert.kind === 'late' ? 'data' : 'settlement'}
        >
          {alert.kind === 'late'
            ? words.toData(monthName(alert.month, language))
            : words.toClosing(monthName(alert.month, language))}
        </Link>
      ) : (
        <Link className={shared.more} to="/o/$operation/payments" params={{ operation }}>
          {words.toPayments}
        </Link>
      )}
    </li>
  );
}

function keyOf(alert: Alert): string {
  return 'month' in alert ? `${alert.kind} ${alert.month}` : alert.kind;
}
