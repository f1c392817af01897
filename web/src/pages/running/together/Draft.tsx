import { type ReactNode, useState } from 'react';
import { runTogetherWords } from '../../../messages/running/together';
import { Said } from '../../../parts/Said';
import { useWords } from '../../../words/language';

interface DraftProps {
  /** A form; it calls `onSaved` once the platform has what was written. */
  children: (onSaved: () => void) => ReactNode;
  /** What makes it public: of what is saved, never of what is only typed. */
  next?: ReactNode;
}

/** What is written and not public yet, and below it what makes it so. */
export function Draft({ children, next }: DraftProps) {
  const words = useWords(runTogetherWords);
  const [state, setState] = useState<'untouched' | 'changed' | 'saved'>('untouched');
  return (
    <>
      <div onInput={() => setState('changed')}>{children(() => setState('saved'))}</div>
      <Said>{state === 'saved' && words.saved}</Said>
      {next && (state === 'changed' ? <p>{words.saveFirst}</p> : next)}
    </>
  );
}
