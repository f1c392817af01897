import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { dayWords } from '../messages/day';
import { Answer } from '../parts/Answer';
import { AskOrganiser } from '../parts/AskOrganiser';
import { Heading } from '../parts/Heading';
import { Coloured, Legend } from '../parts/Legend';
import { OfPoint } from '../parts/OfPoint';
import { OtherDays } from '../parts/OtherDays';
import { QuietButton } from '../parts/QuietButton';
import type { Band } from '../pictures/DayBands';
import { longestLocalRun } from '../pictures/runs';
import {
  type Basis,
  type ConsumerDay,
  type ConsumerStep,
  explanationQuery,
} from '../queries/explanations';
import type { OwnParticipation } from '../queries/me';
import { producersQuery } from '../queries/producers';
import { clockTime, longDay } from '../words/dates';
import { useLanguage, useWords } from '../words/language';
import { energy, kwh } from '../words/numbers';
import { clockChange, placeOf, times } from '../words/steps';
import styles from './Day.module.css';
import { DayPicture } from './DayPicture';
import { DayTable } from './DayTable';
import { StepCard } from './StepCard';

/** Where the electricity of a day came from, and why. */
export function Day() {
  const words = useWords(dayWords);
  const language = useLanguage();
  const { day } = useParams({ from: '/inside/day/$day' });
  const { point: number } = useSearch({ from: '/inside/day/$day' });
  return (
    <>
      <Heading>{`${words.title} · ${longDay(day, language)}`}</Heading>
      <OfPoint number={number}>
        {(point) => (
          <>
            <OtherDays
              to="/day/$day"
              toMonth="/month/$month"
              day={day}
              firstDay={point.valid_from}
              number={number}
            />
            <DayOfPoint day={day} point={point} />
            <AskOrganiser operationId={point.operation_id} />
          </>
        )}
      </OfPoint>
    </>
  );
}

function DayOfPoint({ day, point }: { day: string; point: OwnParticipation }) {
  const query = useQuery(explanationQuery(point.operation_id, point.prm, day));
  return (
    <Answer query={query}>
      {({ consumer, basis }) =>
        consumer && (
          <Explained
            key={day}
            consumer={consumer}
            operationId={point.operation_id}
            basis={basis?.basis}
          />
        )
      }
    </Answer>
  );
}

interface PictureProps {
  consumer: ConsumerDay;
  operationId: string;
}

interface ExplainedProps extends PictureProps {
  /** Of what shared the day in place of the key. */
  basis: Basis | undefined;
}

function Explained({ consumer, operationId, basis }: ExplainedProps) {
  const words = useWords(dayWords);
  const language = useLanguage();
  const [isTable, setTable] = useState(false);
  const sums = words.ofAll(
    kwh(consumer.share_wmin, language, 1),
    kwh(consumer.consumption_wmin, language, 1),
  );
  const run = longestLocalRun(consumer.steps);
  const local = run && words.allLocal(...timesOf(consumer, run, language));
  const change = clockChange(consumer.steps, language);
  const sentence = `${sums} ${consumer.share_wmin === 0 ? words.nothingLocal : (local ?? '')}`;
  return (
    <>
      <p className={styles.sentence}>{sentence}</p>
      {change && <p className={styles.weak}>{change}</p>}
      {basis && <p className={styles.weak}>{words.bases[basis]}</p>}
      {isTable ? (
        <DayTable steps={consumer.steps} />
      ) : (
        <Picture consumer={consumer} operationId={operationId} sentence={sentence} />
      )}
      <QuietButton onPress={() => setTable(!isTable)}>
        {isTable ? words.asPicture : words.asTable}
      </QuietButton>
    </>
  );
}

function Picture({ consumer, operationId, sentence }: PictureProps & { sentence: string }) {
  const { data: plants = [] } = useQuery(producersQuery(operationId));
  const words = useWords(dayWords);
  const language = useLanguage();
  const navigate = useNavigate({ from: '/day/$day' });
  const search = useSearch({ from: '/inside/day/$day' });
  const { steps } = consumer;
  const chosen = placeOf(search.step, steps);
  const step = steps[chosen];
  const isSunTold = steps.some(({ production_wmin }) => production_wmin !== null);
  if (!step) return null;
  const choose = (place: number) =>
    void navigate({ search: { ...search, step: place }, replace: true });
  return (
    <>
      <Legend>
        <li>
          <Coloured colour="local">{words.local.toLowerCase()}</Coloured>
        </li>
        <li>
          <Coloured colour="grid">{words.grid}</Coloured>
        </li>
      </Legend>
      <DayPicture
        bands={steps.map(bandOf)}
        chosen={chosen}
        onChoose={choose}
        name={words.picture}
        sentence={sentence}
        stepText={words.stepIs(
          times(steps, chosen, language),
          energy(step.consumption_wmin, language),
          energy(step.share_wmin, language),
        )}
      />
      <StepCard
        consumer={consumer}
        place={chosen}
        plantName={(prm) => {
          const plant = plants.find((known) => known.prm === prm);
          return plant ? (plant.name ?? words.plant(plant.number)) : null;
        }}
      />
      <p className={styles.weak}>{isSunTold ? words.sun : words.sunWithheld}</p>
    </>
  );
}

function bandOf({ start, local_time, reading, ...step }: ConsumerStep): Band {
  const { consumption_wmin: wholeWmin, share_wmin: localWmin, production_wmin: sunWmin } = step;
  return { start, local_time, reading, wholeWmin, localWmin, sunWmin };
}

function timesOf(
  { steps }: ConsumerDay,
  [start, end]: [number, number],
  language: 'fr' | 'en',
): [string, string] {
  const at = (place: number) => clockTime(steps[place]?.local_time ?? '24:00', language);
  return [at(start), at(end)];
}
