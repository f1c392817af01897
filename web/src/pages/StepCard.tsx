import { Fragment } from 'react';
import { dayWords } from '../messages/day';
import { Card } from '../parts/Card';
import type { ConsumerDay, ConsumerStep } from '../queries/explanations';
import { useLanguage, useWords } from '../words/language';
import { energy, fraction } from '../words/numbers';
import { times } from '../words/steps';
import styles from './Day.module.css';

interface StepCardProps {
  consumer: ConsumerDay;
  place: number;
  /** What to call a plant; null: nothing but its PRM is known. */
  plantName: (prm: string) => string | null;
}

/** One half-hour: what was consumed, what of it was local, and why, in the law's arithmetic. */
export function StepCard({ consumer, place, plantName }: StepCardProps) {
  const words = useWords(dayWords);
  const language = useLanguage();
  const step = consumer.steps[place];
  if (!step) return null;
  return (
    <Card title={times(consumer.steps, place, language)}>
      <dl className={styles.energies}>
        <dt>{words.used}</dt>
        <dd>{energy(step.consumption_wmin, language)}</dd>
        <dt>{words.local}</dt>
        <dd>{energy(step.share_wmin, language)}</dd>
        {step.producers
          .filter(({ share_wmin }) => share_wmin > 0)
          .map(({ producer, share_wmin }) => (
            <Fragment key={producer}>
              <dt className={styles.plant}>{plantName(producer) ?? words.aPlant}</dt>
              <dd className={styles.plant}>{energy(share_wmin, language)}</dd>
            </Fragment>
          ))}
        <dt>{words.rest}</dt>
        <dd>{energy(step.complement_wmin, language)}</dd>
      </dl>
      <h3 className={styles.why}>{words.why}</h3>
      <p>{words.rules[step.rule]}</p>
      <Arithmetic step={step} />
      {step.capped && <p>{words.capped}</p>}
      {step.reading !== 'metered' && <p>{words.readings[step.reading]}</p>}
      {consumer.withheld && <p className={styles.weak}>{words.withheld}</p>}
    </Card>
  );
}

/** Coefficient × energy = offer, as far as it is told. */
function Arithmetic({ step }: { step: ConsumerStep }) {
  const words = useWords(dayWords);
  const language = useLanguage();
  const { coefficient, offered_wmin, left_wmin, production_wmin, rank } = step;
  const whole = left_wmin ?? production_wmin;
  const unit = left_wmin === null ? words.production : words.left;
  return (
    <>
      {rank !== null && <p>{words.rank(rank)}</p>}
      {coefficient !== null && offered_wmin !== null && whole !== null && whole > 0 && (
        <p className={styles.weak}>
          {words.offered(
            fraction(coefficient, language),
            `${energy(whole, language)} ${unit}`,
            energy(offered_wmin, language),
          )}
        </p>
      )}
    </>
  );
}
