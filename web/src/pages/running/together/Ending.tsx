import { useMutation } from '@tanstack/react-query';
import { runTogetherWords } from '../../../messages/running/together';
import { Field } from '../../../parts/Field';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { Ticked } from './Ticked';

const MOST_CHARACTERS = 500;

interface EndingProps {
  /** What it is called, what it does and to whom. */
  words: { title: string; help: string; tick: string; submit: string };
  end: (reason: string) => Promise<unknown>;
}

/** Calls something off that members know of, with a reason that they are told. */
export function Ending({ words, end }: EndingProps) {
  const shared = useWords(runTogetherWords);
  const attempt = useMutation({ mutationFn: end });
  return (
    <details>
      <summary>{words.title}</summary>
      <Ticked
        attempt={attempt}
        onSend={(form) => attempt.mutate(textIn(form, 'reason') ?? '')}
        tick={words.tick}
        submit={words.submit}
      >
        <p>{words.help}</p>
        <Field name="reason" type="text" label={shared.reason} maxLength={MOST_CHARACTERS} />
      </Ticked>
    </details>
  );
}
