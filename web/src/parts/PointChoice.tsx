import { Link } from '@tanstack/react-router';
import { pointWords } from '../messages/point';
import type { OwnParticipation } from '../queries/me';
import { OF_OPERATIONS, useWords } from '../words/language';
import styles from './PointChoice.module.css';

/** One's points, to look at another one on the same page; nothing if there is one. */
export function PointChoice({ points }: { points: readonly OwnParticipation[] }) {
  const words = useWords(pointWords);
  const labels = points.map((point) => point.point_label);
  if (points.length < 2) return null;
  return (
    <nav aria-label={words.point}>
      <ul className={styles.points}>
        {points.map((point, place) => (
          <li key={`${point.operation_id} ${point.prm}`}>
            <Link
              to="."
              search={(search: object) => ({ ...search, point: place + 1 })}
              lang={OF_OPERATIONS}
            >
              {labels.indexOf(point.point_label) === labels.lastIndexOf(point.point_label)
                ? point.point_label
                : `${point.point_label} (${point.operation_name})`}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
