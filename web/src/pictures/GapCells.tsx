import { type KeyboardEvent, useRef, useState } from 'react';
import { type Gap, gapBeside, keyOf } from '../words/gaps';
import styles from './CompletenessGrid.module.css';

interface GapCellsProps {
  gaps: readonly Gap[];
  chosen: ReadonlySet<string>;
  onToggle: (gap: Gap) => void;
  nameOf: (gap: Gap) => string;
  placeOf: (gap: Gap) => { x: number; y: number };
  width: number;
  height: number;
}

/** What can be chosen in the picture: by the mouse, or by arrows and the space bar. */
export function GapCells(props: GapCellsProps) {
  const { gaps, chosen, onToggle, nameOf, placeOf, width, height } = props;
  const cells = useRef(new Map<string, SVGRectElement>());
  const [last, setLast] = useState<string | null>(null);
  // By Tab one comes to one of them, and goes on by arrows.
  const entry = gaps.some((gap) => keyOf(gap) === last) ? last : gaps[0] && keyOf(gaps[0]);
  const press = (event: KeyboardEvent, gap: Gap) => {
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      onToggle(gap);
      return;
    }
    const beside = gapBeside(gaps, gap, event.key);
    if (!beside) return;
    event.preventDefault();
    cells.current.get(keyOf(beside))?.focus();
  };
  return (
    <>
      {gaps.map((gap) => {
        const key = keyOf(gap);
        return (
          // biome-ignore lint/a11y/useSemanticElements: a drawing has no fields of forms in it
          <rect
            key={key}
            ref={(element) => {
              if (element) cells.current.set(key, element);
              else cells.current.delete(key);
            }}
            className={chosen.has(key) ? styles.chosen : styles.gap}
            {...placeOf(gap)}
            width={width}
            height={height}
            role="checkbox"
            aria-checked={chosen.has(key)}
            aria-label={nameOf(gap)}
            tabIndex={key === entry ? 0 : -1}
            onFocus={() => setLast(key)}
            onClick={() => onToggle(gap)}
            onKeyDown={(event) => press(event, gap)}
          />
        );
      })}
    </>
  );
}
