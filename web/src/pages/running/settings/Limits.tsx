import { useQuery } from '@tanstack/react-query';
import { settingsWords } from '../../../messages/running/settings';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import facts from '../../../parts/Facts.module.css';
import { Icon } from '../../../parts/Icon';
import shared from '../../../parts/Together.module.css';
import { type Feasibility, feasibilityQuery } from '../../../queries/feasibility';
import { useLanguage, useWords } from '../../../words/language';
import { distance, power } from '../../../words/numbers';

/** How much of what the law allows an operation has. */
export function Limits({ operation }: { operation: string }) {
  const words = useWords(settingsWords);
  const query = useQuery(feasibilityQuery(operation));
  return (
    <Card title={words.limits}>
      <Answer query={query}>{(measured) => <Measured measured={measured} />}</Answer>
    </Card>
  );
}

function Measured({ measured }: { measured: Feasibility }) {
  const words = useWords(settingsWords);
  const language = useLanguage();
  const { distance_m, max_distance_m, installed_kwc, below_kwc, problems } = measured;
  const breaches = problems.filter(({ is_breach }) => is_breach).length;
  const plants = power(installed_kwc, true, language);
  const apart = distance_m === null ? null : distance(Number(distance_m), language);
  return (
    <>
      {breaches > 0 && (
        <p className={`${shared.state} ${shared.alert}`}>
          <Icon name="alert" /> {words.breach(breaches)}
        </p>
      )}
      <dl className={facts.told}>
        <dt>{words.farthest}</dt>
        <dd>
          {apart === null
            ? words.noDistance
            : max_distance_m === null
              ? words.noLimit(apart)
              : words.ofLimit(apart, distance(max_distance_m, language))}
        </dd>
        <dt>{words.plants}</dt>
        <dd>
          {below_kwc === null
            ? words.noLimit(plants)
            : words.belowLimit(plants, power(String(below_kwc), true, language))}
        </dd>
        <dt>{words.located}</dt>
        <dd>{words.ofPoints(measured.located_count, measured.point_count)}</dd>
        {measured.legal_reference && (
          <>
            <dt>{words.law}</dt>
            <dd lang="fr">{measured.legal_reference}</dd>
          </>
        )}
      </dl>
    </>
  );
}
