import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { planningWords } from '../../../../messages/running/togetherGatherings';
import { Refusal } from '../../../../parts/Refusal';
import { attendanceQuery, noteAttendance } from '../../../../queries/gatheringDesk';
import { type Gathering, gatheringQuery } from '../../../../queries/gatherings';
import type { Guest } from '../../../../words/guestLists';
import { useWords } from '../../../../words/language';
import styles from './Gathering.module.css';

/** Whether somebody was there, and with how many; recorded at once. */
export function Presence({ gathering, person }: { gathering: Gathering; person: Guest }) {
  const words = useWords(planningWords);
  const queries = useQueryClient();
  const { id, name, reply, present } = person;
  // What was pressed last, until it is recorded: a box must not jump back meanwhile.
  const [pressed, setPressed] = useState<number | null>();
  const attempt = useMutation({
    mutationFn: (guests: number | null) => noteAttendance(gathering.id, id, guests),
    onSuccess: async () => {
      await queries.invalidateQueries(attendanceQuery(gathering.id));
      await queries.invalidateQueries({ ...gatheringQuery(gathering.id), exact: true });
    },
    onSettled: () => setPressed(undefined),
  });
  const press = (guests: number | null) => {
    setPressed(guests);
    attempt.mutate(guests);
  };
  const noted = pressed === undefined ? (present?.guests ?? null) : pressed;
  const most = Math.max(gathering.max_guests, noted ?? 0, reply?.guests ?? 0);
  return (
    <div className={styles.presence}>
      <label className={styles.tick}>
        <input
          type="checkbox"
          aria-label={words.was(name)}
          checked={noted !== null}
          onChange={({ target }) => press(target.checked ? (reply?.guests ?? 0) : null)}
        />
      </label>
      {noted !== null && most > 0 && (
        <select
          className={styles.guests}
          aria-label={words.guestsOf(name)}
          value={noted}
          onChange={({ target }) => press(Number(target.value))}
        >
          {Array.from({ length: most + 1 }, (_, guests) => guests).map((guests) => (
            <option key={guests} value={guests}>
              {words.guests(guests)}
            </option>
          ))}
        </select>
      )}
      <Refusal error={attempt.error} />
    </div>
  );
}
