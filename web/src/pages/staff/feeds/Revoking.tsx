import { useMutation, useQueryClient } from '@tanstack/react-query';
import { feedWords } from '../../../messages/staff/feeds';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import { type Feed, feedsChanged, revokeFeed } from '../../../queries/feeds';
import { useWords } from '../../../words/language';

interface RevokingProps {
  feed: Feed;
  onRevoked: () => void;
}

/** Let a program log in no more, for good. */
export function Revoking({ feed: { id, name }, onRevoked }: RevokingProps) {
  const words = useWords(feedWords);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: () => revokeFeed(id),
    onSuccess: async () => {
      onRevoked();
      await feedsChanged(queries);
    },
  });
  return (
    <details>
      <summary>{words.revoke}</summary>
      <SendForm attempt={attempt} submit={words.revoke} isWide onSend={() => attempt.mutate()}>
        <p>{words.revokeEffect(name)}</p>
        <TickField name="sure" label={words.sure} isRequired />
      </SendForm>
    </details>
  );
}
