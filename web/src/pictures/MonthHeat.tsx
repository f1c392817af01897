import { Link } from '@tanstack/react-router';
import { scaleLinear } from 'd3-scale';
import { useId } from 'react';
import { type MonthWords, monthWords } from '../messages/month';
import hidden from '../parts/Hidden.module.css';
import { useIsPhone } from '../parts/screen';
import type { PointDay, PointMonth } from '../queries/months';
import { clockTime, shortDay } from '../words/dates';
import { colon, type Language, useLanguage, useWords } from '../words/language';
import { kwh, sum } from '../words/numbers';
import { cellsOf, isUnknown } from './day';
import styles from './MonthHeat.module.css';
import { BAR_GAP, Day, type Layout, MonthHeatRow } from './MonthHeatRow';
import { levelsOf } from './scale';

const WIDE: Layout = { left: 60, cells: 480, bars: 90, figures: 52, row: 15, cellMin: 30 };
const PHONE: Layout = { left: 54, cells: 240, bars: 54, figures: 0, row: 14, cellMin: 60 };
const SUN = 44;
const AXIS = 16;
const HOURS = ['00:00', '06:00', '12:00', '18:00', '24:00'];

interface MonthHeatProps {
  month: PointMonth;
  sentence: string;
  /** Which of one's points it is, for the links to its days. */
  point: number;
}

/** A month at a glance: rows are days, columns the clock; orange is local, blue the rest. */
export function MonthHeat({ month, sentence, point }: MonthHeatProps) {
  const words = useWords(monthWords);
  const language = useLanguage();
  const description = useId();
  const layout = useIsPhone() ? PHONE : WIDE;
  const rows = month.days.map((day) => ({ day, cells: cellsOf(day, layout.cellMin) }));
  const level = levelsOf(rows.flatMap(({ cells }) => cells.map((cell) => cell.usedWmin)));
  const top = (month.sun.by_hour_tenths ? SUN : 0) + AXIS;
  const most = Math.max(1, ...month.days.map((day) => sum(day.consumption_wmin)));
  const bar = scaleLinear([0, most], [0, layout.bars]);
  const width = layout.left + layout.cells + BAR_GAP + layout.bars + layout.figures;
  return (
    <figure className={styles.figure} aria-label={words.picture} aria-describedby={description}>
      {/* Said, not shown: the figures above the picture show it. */}
      <figcaption className={hidden.hidden} id={description}>
        {sentence}
      </figcaption>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: the figure around it has the name, and its links have theirs */}
      <svg
        className={styles.picture}
        viewBox={`0 0 ${width} ${top + rows.length * layout.row + 4}`}
      >
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: it takes no focus; who listens has a link for each day, with its figures */}
        <g aria-hidden="true">
          {month.sun.by_hour_tenths && <Sun byHour={month.sun.by_hour_tenths} layout={layout} />}
          <Hours y={top - 4} layout={layout} />
        </g>
        {rows.map(({ day, cells }, row) => (
          <g key={day.day} transform={`translate(0 ${top + row * layout.row})`}>
            <MonthHeatRow day={day} cells={cells} level={level} bar={bar} layout={layout} />
            <Link
              className={styles.row}
              to="/day/$day"
              params={{ day: day.day }}
              search={{ point }}
              aria-label={sentenceOf(day, words, language)}
            >
              <Day day={day.day} layout={layout} />
              <rect className={styles.target} width={width} height={layout.row} />
            </Link>
          </g>
        ))}
      </svg>
    </figure>
  );
}

/** What a row shows, for who hears it. */
function sentenceOf(day: PointDay, words: MonthWords, language: Language): string {
  const name = shortDay(day.day, language) + colon(language);
  if (isUnknown(day)) return name + words.unmeasured;
  const used = kwh(sum(day.consumption_wmin), language, 1);
  const local = day.shared_wmin ? kwh(sum(day.shared_wmin), language, 1) : null;
  const sums = local === null ? words.dayUnshared(used) : words.ofAll(local, used);
  return name + sums;
}

function Hours({ y, layout }: { y: number; layout: Layout }) {
  const language = useLanguage();
  const anchors = ['start', 'middle', 'middle', 'middle', 'end'] as const;
  return HOURS.map((hour, place) => (
    <text
      key={hour}
      className={styles.label}
      x={layout.left + (place / (HOURS.length - 1)) * layout.cells}
      y={y}
      textAnchor={anchors[place]}
    >
      {clockTime(hour, language)}
    </text>
  ));
}

function Sun({ byHour, layout }: { byHour: number[]; layout: Layout }) {
  const words = useWords(monthWords);
  const y = scaleLinear([0, 10], [SUN - 2, 4]);
  const end = layout.left + layout.cells;
  const points = byHour.map((energy, hour) => {
    const middle = layout.left + ((hour + 0.5) / 24) * layout.cells;
    return `L${middle},${y(energy)}`;
  });
  return (
    <>
      <path
        className={styles.sun}
        d={`M${layout.left},${y(0)}${points.join('')}L${end},${y(0)}Z`}
      />
      <text className={styles.label} x={layout.left - 6} y={SUN - 4} textAnchor="end">
        {words.sun}
      </text>
    </>
  );
}
