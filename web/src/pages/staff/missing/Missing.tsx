import { useQuery } from '@tanstack/react-query';
import { dsoFileWords } from '../../../messages/staff/dsoFiles';
import { Answer } from '../../../parts/Answer';
import { BackToDeliveries } from '../../../parts/Back';
import { Card } from '../../../parts/Card';
import { Heading } from '../../../parts/Heading';
import shared from '../../../parts/Together.module.css';
import { lackingSeriesQuery, type Series } from '../../../queries/dsoFiles';
import { momentOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';
import { AskingPull } from './AskingPull';
import { Held } from './Held';
import { Pulls } from './Pulls';

/** Files that should have come, and what is asked of the grid operator. */
export function Missing() {
  const words = useWords(dsoFileWords);
  const query = useQuery(lackingSeriesQuery);
  return (
    <>
      <BackToDeliveries />
      <Heading>{words.title}</Heading>
      <p className={shared.lead}>{words.lead}</p>
      <Card title={words.series}>
        <p className={shared.weak}>{words.seriesHelp}</p>
        <Answer query={query}>
          {(lacking) =>
            lacking.length === 0 ? (
              <p>{words.noneLacking}</p>
            ) : (
              <ul className={shared.list}>
                {lacking.map((series) => (
                  <li key={series.series}>
                    <OneSeries series={series} />
                  </li>
                ))}
              </ul>
            )
          }
        </Answer>
      </Card>
      <Held />
      <AskingPull />
      <Pulls />
    </>
  );
}

function OneSeries({
  series: { series, first_number, last_number, ...lacks },
}: {
  series: Series;
}) {
  const words = useWords(dsoFileWords);
  const language = useLanguage();
  return (
    <>
      <h3 className={`${shared.title} ${shared.lines}`}>{series}</h3>
      <p className={shared.weak}>{words.came(first_number, last_number)}</p>
      <ul>
        {lacks.absent.map(({ first, last, since }) => (
          <li key={first}>{words.absent(first, last, momentOf(since, language))}</li>
        ))}
        {lacks.incomplete.map(({ number, parts, absent_parts, since }) => (
          <li key={number}>
            {words.incomplete(number, absent_parts.join(', '), parts, momentOf(since, language))}
          </li>
        ))}
      </ul>
    </>
  );
}
