import { useState } from 'react';
import { GRADES } from '../../counting/ballots';
import { ballotWords } from '../../messages/ballots';
import shared from '../../parts/Together.module.css';
import type { Poll } from '../../queries/polls';
import { BLANK, CHOICE, fieldOf, REASON } from '../../words/ballots';
import { OF_OPERATIONS, useWords } from '../../words/language';
import styles from './ChoiceFields.module.css';

/** The fields of a ballot, by the poll's method. */
export function ChoiceFields({ poll }: { poll: Poll }) {
  switch (poll.method) {
    case 'simple':
      return <OneOf poll={poll} />;
    case 'multiple':
      return <SomeOf poll={poll} />;
    case 'consent':
      return <Stances />;
    case 'ranked':
      return <Places poll={poll} />;
    case 'majority_judgement':
      return <Grades poll={poll} />;
  }
}

function OneOf({ poll }: { poll: Poll }) {
  const words = useWords(ballotWords);
  const options = [...poll.options, { id: BLANK, label: words.blank }];
  return (
    <fieldset className={styles.choices}>
      <legend>{words.choose}</legend>
      {options.map(({ id, label }) => (
        <label key={id}>
          <input type="radio" name={CHOICE} value={id} required />
          <span lang={id === BLANK ? undefined : OF_OPERATIONS}>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

function SomeOf({ poll }: { poll: Poll }) {
  const words = useWords(ballotWords);
  const [chosen, setChosen] = useState<string[]>([]);
  const { options, max_choices } = poll;
  const isFull = chosen.length >= max_choices;
  return (
    <fieldset className={styles.choices}>
      <legend>{words.chooseUpTo(max_choices)}</legend>
      {options.map(({ id, label }) => (
        <label key={id}>
          <input
            type="checkbox"
            name={CHOICE}
            value={id}
            checked={chosen.includes(id)}
            disabled={isFull && !chosen.includes(id)}
            onChange={({ target }) => {
              const others = chosen.filter((one) => one !== id);
              setChosen(target.checked ? [...others, id] : others);
            }}
          />
          <span lang={OF_OPERATIONS}>{label}</span>
        </label>
      ))}
      <p className={shared.weak} role="status">
        {isFull ? words.full : words.isBlank}
      </p>
    </fieldset>
  );
}

function Stances() {
  const words = useWords(ballotWords);
  const [stance, setStance] = useState<string | null>(null);
  const all = { ...words.stances, [BLANK]: words.blank };
  return (
    <fieldset className={styles.choices}>
      <legend>{words.choose}</legend>
      {Object.entries(all).map(([value, label]) => (
        <label key={value}>
          <input
            type="radio"
            name={CHOICE}
            value={value}
            required
            onChange={() => setStance(value)}
          />
          {label}
        </label>
      ))}
      {stance === 'objection' && (
        <label className={styles.reason}>
          {words.reason}
          <textarea name={REASON} required maxLength={500} rows={3} />
          <span className={shared.weak}>{words.reasonHelp}</span>
        </label>
      )}
    </fieldset>
  );
}

function Places({ poll }: { poll: Poll }) {
  const words = useWords(ballotWords);
  const { options } = poll;
  return (
    <fieldset className={styles.selects}>
      <legend>{words.rankHelp}</legend>
      {options.map(({ id, label }) => (
        <label key={id}>
          <span lang={OF_OPERATIONS}>{label}</span>
          <select name={fieldOf(id)} defaultValue={BLANK}>
            <option value={BLANK}>{words.unranked}</option>
            {options.map((_option, index) => (
              <option key={options[index]?.id} value={index + 1}>
                {index + 1}
              </option>
            ))}
          </select>
        </label>
      ))}
      <p className={shared.weak}>{words.isBlank}</p>
    </fieldset>
  );
}

function Grades({ poll }: { poll: Poll }) {
  const words = useWords(ballotWords);
  return (
    <fieldset className={styles.selects}>
      <legend>{words.gradeHelp}</legend>
      {poll.options.map(({ id, label }) => (
        <label key={id}>
          <span lang={OF_OPERATIONS}>{label}</span>
          <select name={fieldOf(id)} defaultValue={BLANK}>
            <option value={BLANK}>{words.ungraded}</option>
            {GRADES.toReversed().map((grade) => (
              <option key={grade} value={grade}>
                {words.grades[grade]}
              </option>
            ))}
          </select>
        </label>
      ))}
      <p className={shared.weak}>{words.isBlank}</p>
    </fieldset>
  );
}
