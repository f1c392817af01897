import { pricesWords } from '../../../../messages/running/prices';
import { QuietButton } from '../../../../parts/QuietButton';
import { useWords } from '../../../../words/language';

interface NotedProps {
  lines: readonly { key: string; text: string; onEnd: () => void }[];
}

/** What holds from the day on, each to be ended. */
export function Noted({ lines }: NotedProps) {
  const words = useWords(pricesWords);
  if (lines.length === 0) return null;
  return (
    <ul>
      {lines.map(({ key, text, onEnd }) => (
        <li key={key}>
          {text}{' '}
          <QuietButton name={words.removeOf(text)} onPress={onEnd}>
            {words.remove}
          </QuietButton>
        </li>
      ))}
    </ul>
  );
}
