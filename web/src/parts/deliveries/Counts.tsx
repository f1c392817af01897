import { deliveryWords } from '../../messages/deliveries';
import { useLanguage, useWords } from '../../words/language';
import { whole } from '../../words/numbers';
import facts from '../Facts.module.css';

type Counted =
  | 'records'
  | 'accepted'
  | 'superseding'
  | 'held'
  | 'duplicate'
  | 'outdated'
  | 'quarantined';

interface CountsProps {
  counts: Record<Counted, number>;
  /** Which of them, in this order. */
  shown: readonly Counted[];
}

/** What became of the records of a file. */
export function Counts({ counts, shown }: CountsProps) {
  const words = useWords(deliveryWords);
  const language = useLanguage();
  return (
    <dl className={facts.sums}>
      {shown.map((name) => [
        <dt key={name}>{name === 'quarantined' ? words.keptOut : words[name]}</dt>,
        <dd key={`${name} count`}>{whole(counts[name], language)}</dd>,
      ])}
    </dl>
  );
}
