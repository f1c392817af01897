import { lackWords } from '../../../messages/running/lacks';
import { peopleWords } from '../../../messages/running/people';
import { Icon } from '../../../parts/Icon';
import shared from '../../../parts/Together.module.css';
import type { Breach } from '../../../queries/feasibility';
import { fullDay } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';

/** What the law does not allow of what was recorded, or would be; nothing if it allows all. */
export function Breaches({ breaches }: { breaches: readonly Breach[] }) {
  const words = useWords(peopleWords);
  const lacks = useWords(lackWords);
  const language = useLanguage();
  if (breaches.length === 0) return null;
  return (
    <div role="alert">
      <p className={`${shared.state} ${shared.alert}`}>
        <Icon name="alert" />
        {words.breach}
      </p>
      <ul>
        {breaches.map(({ lack, day }) => (
          <li key={lack}>
            {lacks[lack]} ({fullDay(day, language)})
          </li>
        ))}
      </ul>
    </div>
  );
}
