import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { lackWords } from '../../../messages/running/lacks';
import { mapWords } from '../../../messages/running/map';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { Coloured, Legend } from '../../../parts/Legend';
import shared from '../../../parts/Together.module.css';
import { PointsMap } from '../../../pictures/PointsMap';
import { pictureOf } from '../../../pictures/pointsMap';
import {
  type Feasibility,
  feasibilityQuery,
  type PlacedPoint,
  placedPointsQuery,
} from '../../../queries/feasibility';
import { useLanguage, useWords } from '../../../words/language';
import { distance, power } from '../../../words/numbers';
import { MapTables } from './MapTables';
import { PeoplePage } from './PeoplePage';

/** Where the points are, how far apart, and what the law says of it. */
export function PeopleMap() {
  const { operation } = useParams({ from: '/inside/o/$operation/people/map' });
  const words = useWords(mapWords);
  const feasibility = useQuery(feasibilityQuery(operation));
  const points = useQuery(placedPointsQuery(operation));
  return (
    <PeoplePage operation={operation} page="map">
      <p className={shared.lead}>{words.lead}</p>
      <Answer query={feasibility}>
        {(study) => (
          <Answer query={points}>
            {(placed) => (
              <>
                <Picture study={study} points={placed} />
                <Problems study={study} />
                <MapTables operation={operation} points={placed} />
              </>
            )}
          </Answer>
        )}
      </Answer>
    </PeoplePage>
  );
}

interface PictureProps {
  study: Feasibility;
  points: readonly PlacedPoint[];
}

function Picture({ study, points }: PictureProps) {
  const words = useWords(mapWords);
  const language = useLanguage();
  const { farthest, distance_m, max_distance_m, point_count, located_count } = study;
  const picture = pictureOf(points, farthest, max_distance_m);
  if (!picture) return <p>{words.nowhere}</p>;
  const longest_m = distance_m === null ? null : Number(distance_m);
  const limit = max_distance_m === null ? null : distance(max_distance_m, language);
  const longest = longest_m === null ? null : distance(longest_m, language);
  const sentence = words.sentence(points.length, longest, limit);
  return (
    <figure className={shared.plain}>
      <PointsMap picture={picture} longest_m={longest_m} sentence={sentence} />
      <Legend>
        <li>
          <Coloured colour="grid">{words.consumers}</Coloured>
        </li>
        <li>
          <Coloured colour="local">{words.plants}</Coloured>
        </li>
      </Legend>
      <figcaption>
        {sentence} {picture.limitRadius_m !== null && words.limit}{' '}
        {words.located(located_count, point_count)}
      </figcaption>
    </figure>
  );
}

function Problems({ study }: { study: Feasibility }) {
  const words = useWords(mapWords);
  const lacks = useWords(lackWords);
  const language = useLanguage();
  const { problems, installed_kwc, below_kwc } = study;
  const below = below_kwc === null ? null : power(String(below_kwc), true, language);
  return (
    <Card title={words.problems}>
      {problems.length === 0 && <p>{words.noProblem}</p>}
      <ul>
        {problems.map(({ lack, is_breach }) => (
          <li key={lack}>
            {lacks[lack]}
            {is_breach && (
              <>
                {' – '}
                <strong className={shared.alert}>{words.breach}</strong>
              </>
            )}
          </li>
        ))}
      </ul>
      <p className={shared.weak}>{words.power(power(installed_kwc, true, language), below)}.</p>
    </Card>
  );
}
