import { challengingWords } from '../../../../messages/running/togetherChallenges';
import { SelectField } from '../../../../parts/SelectField';
import { CLOCK_TIMES, type Window } from '../../../../words/challengeForms';
import { clockTime } from '../../../../words/dates';
import { useLanguage, useWords } from '../../../../words/language';
import styles from '../gatherings/Gathering.module.css';
import { Rows } from '../Rows';

const MOST = 8;
const NONE: Window = { start: '', end: '' };

interface WindowsProps {
  windows: readonly Window[];
  onWindows: (windows: readonly Window[]) => void;
}

/** The hours that count; over midnight there are two windows. */
export function Windows({ windows, onWindows }: WindowsProps) {
  const words = useWords(challengingWords);
  const language = useLanguage();
  const times = CLOCK_TIMES.map((time) => [time, clockTime(time, language)] as const);
  const options = [['', words.noWindow] as const, ...times];
  const change = (place: number, part: Partial<Window>) =>
    onWindows(windows.map((window, one) => (one === place ? { ...window, ...part } : window)));
  return (
    <fieldset className={styles.group}>
      <legend>{words.hours}</legend>
      <Rows
        count={windows.length}
        onCount={() => onWindows([...windows, NONE])}
        more={words.moreWindows}
        most={MOST}
      >
        {(place) => (
          <div className={styles.subject}>
            <SelectField
              name={`windows/${place}/start`}
              label={words.from(place + 1)}
              options={options}
              value={windows[place]?.start ?? ''}
              onChange={(start) => change(place, { start })}
            />
            <SelectField
              name={`windows/${place}/end`}
              label={words.to(place + 1)}
              options={options}
              value={windows[place]?.end ?? ''}
              onChange={(end) => change(place, { end })}
            />
          </div>
        )}
      </Rows>
    </fieldset>
  );
}
