import { useMutation } from '@tanstack/react-query';
import { bankFileWords } from '../../../messages/running/bankFiles';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import { useWords } from '../../../words/language';
import { usePaymentsChanged } from './changed';

interface CancellingProps {
  words: { cancelTitle: string; cancelHelp: string; cancel: string };
  cancel: () => Promise<unknown>;
}

/** A file that the bank never got is cancelled by who says so. */
export function Cancelling({ words, cancel }: CancellingProps) {
  const { notSent } = useWords(bankFileWords);
  const changed = usePaymentsChanged();
  const attempt = useMutation({ mutationFn: cancel, onSuccess: changed });
  return (
    <details>
      <summary>{words.cancelTitle}</summary>
      <p>{words.cancelHelp}</p>
      <SendForm attempt={attempt} submit={words.cancel} onSend={() => attempt.mutate()}>
        <TickField name="checked" label={notSent} isRequired />
      </SendForm>
    </details>
  );
}
