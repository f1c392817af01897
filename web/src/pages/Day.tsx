import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { dayWords } from '../messages/day';
import { Answer } from '../parts/Answer';
import { AskOrganiser } from '../parts/AskOrganiser';
import { Beside } from '../parts/Beside';
import { Heading } from '../parts/Heading';
import { Icon } from '../parts/Icon';
import { Coloured, Legend } from '../parts/Legend';
import { OfPoint } from '../parts/OfPoint';
import { QuietButton } from '../parts/QuietButton';
import { DayBands } from '../pictures/DayBands';
import { longestLocalRun } from '../pictures/runs';
import { type ConsumerDay, explanationQuery } from '../queries/explanations';
import type { OwnParticipation } from '../queries/me';
import { producersQuery } from '../queries/producers';
import { clockTime, dayLater, longDay, monthName } from '../words/dates';
import { useLanguage, useWords } from '../words/language';
import { energy, kwh } from '../words/numbers';
import styles from './Day.module.css';
import { DayTable } from './DayTable';
import { StepCard, times } from './StepCard';

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
            <OtherDays day={day} number={number} point={point} />
            <DayOfPoint day={day} point={point} />
            <AskOrganiser operationId={point.operation_id} />
          </>
        )}
      </OfPoint>
    </>
  );
}

interface OtherDaysProps {
  day: string;
  number: number;
  point: OwnParticipation;
}

function OtherDays({ day, number, point }: OtherDaysProps) {
  const words = useWords(dayWords);
  const language = useLanguage();
  const search = { point: number };
  const month = day.slice(0, 7);
  return (
    <Beside label={words.days}>
      {day > point.valid_from && (
        <Link
          to="/day/$day"
          params={{ day: dayLater(day, -1) }}
          search={search}
          aria-label={words.before}
        >
          <Icon name="before" />
        </Link>
      )}
      <Link
        to="/day/$day"
        params={{ day: dayLater(day, 1) }}
        search={search}
        aria-label={words.after}
      >
        <Icon name="after" />
      </Link>
      <Link to="/month/$month" params={{ month }} search={search}>
        {words.toMonth(monthName(month, language))}
      </Link>
    </Beside>
  );
}

function DayOfPoint({ day, point }: { day: string; point: OwnParticipation }) {
  const query = useQuery(explanationQuery(point.operation_id, point.prm, day));
  return (
    <Answer query={query}>
      {({ consumer }) =>
        consumer && <Explained key={day} consumer={consumer} operationId={point.operation_id} />
      }
    </Answer>
  );
}

interface ExplainedProps {
  consumer: ConsumerDay;
  operationId: string;
}

function Explained({ consumer, operationId }: ExplainedProps) {
  const words = useWords(dayWords);
  const language = useLanguage();
  const [isTable, setTable] = useState(false);
  const sums = words.ofAll(
    kwh(consumer.share_wmin, language, 1),
    kwh(consumer.consumption_wmin, language, 1),
  );
  const run = longestLocalRun(consumer.steps);
  const local = run && words.allLocal(...timesOf(consumer, run, language));
  const sentence = `${sums} ${consumer.share_wmin === 0 ? words.nothingLocal : (local ?? '')}`;
  return (
    <>
      <p className={styles.sentence}>{sentence}</p>
      <OddDay consumer={consumer} />
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

function Picture({ consumer, operationId, sentence }: ExplainedProps & { sentence: string }) {
  const { data: plants = [] } = useQuery(producersQuery(operationId));
  const words = useWords(dayWords);
  const language = useLanguage();
  const navigate = useNavigate({ from: '/day/$day' });
  const search = useSearch({ from: '/inside/day/$day' });
  const { steps } = consumer;
  const chosen = Math.min(search.step ?? Math.floor((steps.length * 13) / 24), steps.length - 1);
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
      <DayBands steps={steps} chosen={chosen} onChoose={choose} sentence={sentence} />
      <input
        className={styles.slider}
        type="range"
        min={0}
        max={steps.length - 1}
        value={chosen}
        aria-label={words.chosen}
        aria-valuetext={words.stepIs(
          times(steps, chosen, language),
          energy(step.consumption_wmin, language),
          energy(step.share_wmin, language),
        )}
        onChange={(event) => choose(event.currentTarget.valueAsNumber)}
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

/** Of a day on which the clocks change, what that means. */
function OddDay({ consumer }: { consumer: ConsumerDay }) {
  const words = useWords(dayWords);
  const first = consumer.steps[0]?.local_time.slice(5);
  const last = consumer.steps.at(-1)?.local_time.slice(5);
  if (first === last) return null;
  return <p className={styles.weak}>{first === '+02:00' ? words.longDay : words.shortDay}</p>;
}

function timesOf(
  { steps }: ConsumerDay,
  [start, end]: [number, number],
  language: 'fr' | 'en',
): [string, string] {
  const at = (place: number) => clockTime(steps[place]?.local_time ?? '24:00', language);
  return [at(start), at(end)];
}
