import { memberWords } from '../../../messages/running/members';
import { peopleWords } from '../../../messages/running/people';
import { Card } from '../../../parts/Card';
import facts from '../../../parts/Facts.module.css';
import type { StepTaken } from '../../../queries/enrolments';
import type { OperationPoint } from '../../../queries/points';
import { dayAt, dayLater, fullDay } from '../../../words/dates';
import { type Language, OF_OPERATIONS, useLanguage, useWords } from '../../../words/language';
import { plainNumber, power, withUnit } from '../../../words/numbers';
import { type PersonPoint, stayAt } from '../../../words/people';
import { Leaving } from './Leaving';
import type { OfPerson } from './OneMember';
import { PlaceForm } from './PlaceForm';
import { PointForm } from './PointForm';

interface PointCardProps extends OfPerson {
  point: PersonPoint;
  onTaken: (taken: StepTaken) => void;
}

/** A point on one side: its powers, its stays, and what can be changed. */
export function PointCard({ operation, person, point, onTaken }: PointCardProps) {
  const words = useWords(memberWords);
  const { sides } = useWords(peopleWords);
  const language = useLanguage();
  const last = point.stays.at(-1);
  const stay = stayAt(point, dayAt(new Date()));
  if (!last) return null;
  const { subscribed_power_va, installed_power_w, production_kind } = last;
  return (
    <Card title={words.pointTitle(point.label, sides[point.direction])} lang={OF_OPERATIONS}>
      <dl className={facts.told}>
        <dt>{words.stays}</dt>
        <dd>
          {point.stays.map((one) => (
            <div key={one.valid_from}>{stayText(one, words, language)}</div>
          ))}
        </dd>
        <dt>{words.prm}</dt>
        <dd>{point.prm}</dd>
        {point.direction === 'consumption' ? (
          <>
            <dt>{words.subscribed}</dt>
            <dd>
              {subscribed_power_va === null
                ? words.unknown
                : withUnit(plainNumber(subscribed_power_va / 1000, language), 'kVA')}
            </dd>
          </>
        ) : (
          <>
            <dt>{words.installed}</dt>
            <dd>
              {installed_power_w === null
                ? words.unknown
                : power(String(installed_power_w / 1000), production_kind === 'solar', language)}
            </dd>
            <dt>{words.production}</dt>
            <dd>{production_kind ? words.productions[production_kind] : words.unknown}</dd>
          </>
        )}
      </dl>
      {stay && <PointForm key={JSON.stringify(last)} operation={operation} point={last} />}
      {stay && <PlaceForm operation={operation} prm={point.prm} />}
      {stay && stay.valid_to === null && (
        <Leaving operation={operation} person={person} stay={stay} onTaken={onTaken} />
      )}
    </Card>
  );
}

function stayText(
  { valid_from, valid_to }: OperationPoint,
  words: (typeof memberWords)['fr'],
  language: Language,
): string {
  const first = fullDay(valid_from, language);
  if (valid_to) return words.between(first, fullDay(dayLater(valid_to, -1), language));
  return valid_from > dayAt(new Date()) ? words.from(first) : words.since(first);
}
