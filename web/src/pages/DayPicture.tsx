import { dayWords } from '../messages/day';
import { type Band, DayBands } from '../pictures/DayBands';
import { useWords } from '../words/language';
import styles from './Day.module.css';

interface DayPictureProps {
  bands: readonly Band[];
  chosen: number;
  onChoose: (step: number) => void;
  /** What it shows, and what of it is told first. */
  name: string;
  sentence: string;
  /** The chosen step, as it is read aloud. */
  stepText: string;
}

/** The steps of a day, and the slider by which one of them is chosen. */
export function DayPicture({ stepText, ...picture }: DayPictureProps) {
  const words = useWords(dayWords);
  const { bands, chosen, onChoose } = picture;
  return (
    <>
      <DayBands {...picture} />
      <input
        className={styles.slider}
        type="range"
        min={0}
        max={bands.length - 1}
        value={chosen}
        aria-label={words.chosen}
        aria-valuetext={stepText}
        onChange={(event) => onChoose(event.currentTarget.valueAsNumber)}
      />
    </>
  );
}
