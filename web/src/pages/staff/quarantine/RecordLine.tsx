import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { quarantineWords } from '../../../messages/staff/quarantine';
import shared from '../../../parts/Together.module.css';
import { pointNameQuery, type Quarantined } from '../../../queries/quarantine';
import { momentOf } from '../../../words/instants';
import { useLanguage, useWords } from '../../../words/language';
import { whole, withUnit } from '../../../words/numbers';
import { placeInFile } from '../../../words/positions';
import styles from './RecordLine.module.css';

interface RecordLineProps {
  record: Quarantined;
  isChosen?: boolean;
  /** Where it can be chosen. */
  onChoose?: () => void;
}

/** A record in a list: why it was kept out, and what it says. */
export function RecordLine({ record, isChosen = false, onChoose }: RecordLineProps) {
  const words = useWords(quarantineWords);
  const { delivery_id, number, code } = record;
  const place = placeInFile(record.position, useLanguage());
  return (
    <div className={styles.record}>
      {onChoose && (
        <label className={styles.choice}>
          <input
            type="checkbox"
            checked={isChosen}
            onChange={onChoose}
            aria-label={words.choose(place)}
          />
        </label>
      )}
      <div>
        <h2 className={shared.title}>
          <Link
            to="/staff/quarantine/$delivery/$number"
            params={{ delivery: delivery_id, number: String(number) }}
          >
            {words.code[code] ?? code}, {place}
          </Link>
        </h2>
        <Says record={record} />
      </div>
    </div>
  );
}

function Says({ record: { reading, record, is_hidden } }: { record: Quarantined }) {
  const words = useWords(quarantineWords);
  const language = useLanguage();
  if (is_hidden) return <p className={shared.weak}>{words.hidden}</p>;
  if (!reading) {
    return (
      <p className={shared.weak}>
        <code className={styles.raw}>{record}</code>
      </p>
    );
  }
  const { prm, start, power_w } = reading;
  return (
    <p className={shared.weak}>
      <PointName prm={prm} /> · {momentOf(start, language)}
      {power_w !== null && ` · ${withUnit(whole(power_w, language), 'W')}`}
    </p>
  );
}

/** What a point is called, with its PRM; the PRM alone as long as that is not known. */
export function PointName({ prm }: { prm: string }) {
  const words = useWords(quarantineWords);
  const { data: name } = useQuery(pointNameQuery(prm));
  if (name === undefined) return <>{prm}</>;
  return <>{name ? `${name} (${prm})` : `${prm}, ${words.unknownPoint}`}</>;
}
