import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { dayWords } from '../../messages/day';
import { productionWords } from '../../messages/production';
import { Answer } from '../../parts/Answer';
import { AskOrganiser } from '../../parts/AskOrganiser';
import { Card } from '../../parts/Card';
import { Heading } from '../../parts/Heading';
import { Coloured, Legend } from '../../parts/Legend';
import { OtherDays } from '../../parts/OtherDays';
import { QuietButton } from '../../parts/QuietButton';
import { Why } from '../../parts/Why';
import type { Band } from '../../pictures/DayBands';
import { explanationQuery, type ProducerDay, type ProducerStep } from '../../queries/explanations';
import type { OwnParticipation } from '../../queries/me';
import { longDay } from '../../words/dates';
import { useLanguage, useWords } from '../../words/language';
import { energy, kwh } from '../../words/numbers';
import { clockChange, placeOf, times } from '../../words/steps';
import styles from '../Day.module.css';
import { DayPicture } from '../DayPicture';
import { OfPlant } from './OfPlant';
import { ProductionSteps } from './ProductionSteps';

/** What a plant made on a day, half-hour by half-hour, and what of it was shared. */
export function ProductionDay() {
  const words = useWords(productionWords);
  const language = useLanguage();
  const { day } = useParams({ from: '/inside/production/day/$day' });
  const { point: number } = useSearch({ from: '/inside/production/day/$day' });
  return (
    <>
      <Heading>{`${words.title} · ${longDay(day, language)}`}</Heading>
      <OfPlant number={number}>
        {(plant) => (
          <>
            <OtherDays
              to="/production/day/$day"
              toMonth="/production/$month"
              day={day}
              firstDay={plant.valid_from}
              number={number}
            />
            <DayOfPlant day={day} plant={plant} />
            <AskOrganiser operationId={plant.operation_id} />
          </>
        )}
      </OfPlant>
    </>
  );
}

function DayOfPlant({ day, plant }: { day: string; plant: OwnParticipation }) {
  const query = useQuery(explanationQuery(plant.operation_id, plant.prm, day));
  return (
    <Answer query={query}>
      {({ producer }) => producer && <Made key={day} producer={producer} />}
    </Answer>
  );
}

function Made({ producer }: { producer: ProducerDay }) {
  const words = useWords(productionWords);
  const ofDay = useWords(dayWords);
  const language = useLanguage();
  const [isTable, setTable] = useState(false);
  const change = clockChange(producer.steps, language);
  const { production_wmin: made, sold_wmin: shared } = producer;
  if (made === 0) return <p>{words.noneMade}</p>;
  const inWords = (wmin: number) => kwh(wmin, language, 1);
  const sentence =
    shared === null
      ? words.ofMade(inWords(made))
      : words.ofAll(inWords(shared), inWords(made), inWords(made - shared));
  return (
    <>
      <p className={styles.sentence}>{sentence}</p>
      <Why>
        <p>{words.why}</p>
      </Why>
      {change && <p className={styles.weak}>{change}</p>}
      {isTable ? (
        <ProductionSteps producer={producer} />
      ) : (
        <Picture producer={producer} sentence={sentence} />
      )}
      {producer.withheld && <p className={styles.weak}>{words.stepsWithheld}</p>}
      <QuietButton onPress={() => setTable(!isTable)}>
        {isTable ? ofDay.asPicture : ofDay.asTable}
      </QuietButton>
    </>
  );
}

function Picture({ producer, sentence }: { producer: ProducerDay; sentence: string }) {
  const words = useWords(productionWords);
  const language = useLanguage();
  const navigate = useNavigate({ from: '/production/day/$day' });
  const search = useSearch({ from: '/inside/production/day/$day' });
  const { steps, withheld } = producer;
  const chosen = placeOf(search.step, steps);
  const step = steps[chosen];
  if (!step) return null;
  const shared = step.sold_wmin === null ? null : energy(step.sold_wmin, language);
  const moment = times(steps, chosen, language);
  return (
    <>
      <Legend>
        {withheld ? (
          <li>
            <Coloured colour="unshared">{words.legendUnknown}</Coloured>
          </li>
        ) : (
          <>
            <li>
              <Coloured colour="local">{words.legendShared}</Coloured>
            </li>
            <li>
              <Coloured colour="grid">{words.legendSurplus}</Coloured>
            </li>
          </>
        )}
      </Legend>
      <DayPicture
        bands={steps.map(bandOf)}
        chosen={chosen}
        onChoose={(place) => void navigate({ search: { ...search, step: place }, replace: true })}
        name={words.steps}
        sentence={sentence}
        stepText={words.stepIs(moment, energy(step.production_wmin, language), shared)}
      />
      <Step step={step} moment={moment} />
    </>
  );
}

function Step({ step, moment }: { step: ProducerStep; moment: string }) {
  const words = useWords(productionWords);
  const { readings } = useWords(dayWords);
  const language = useLanguage();
  return (
    <Card title={moment}>
      <dl className={styles.energies}>
        <dt>{words.made}</dt>
        <dd>{energy(step.production_wmin, language)}</dd>
        {step.sold_wmin !== null && (
          <>
            <dt>{words.given}</dt>
            <dd>{energy(step.sold_wmin, language)}</dd>
          </>
        )}
        {step.surplus_wmin !== null && (
          <>
            <dt>{words.surplus}</dt>
            <dd>{energy(step.surplus_wmin, language)}</dd>
          </>
        )}
      </dl>
      {step.reading !== 'metered' && <p>{readings[step.reading]}</p>}
    </Card>
  );
}

function bandOf({ start, local_time, reading, ...step }: ProducerStep): Band {
  const { production_wmin: wholeWmin, sold_wmin: localWmin } = step;
  return { start, local_time, reading, wholeWmin, localWmin, sunWmin: null };
}
