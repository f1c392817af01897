import { useMutation } from '@tanstack/react-query';
import { copyWords } from '../messages/copy';
import { useWords } from '../words/language';
import { QuietButton } from './QuietButton';

/** Puts a text where one pastes from, and says so. */
export function CopyButton({ text }: { text: string }) {
  const words = useWords(copyWords);
  const attempt = useMutation({ mutationFn: async () => navigator.clipboard.writeText(text) });
  return (
    <>
      <QuietButton onPress={() => attempt.mutate()}>{words.copy}</QuietButton>
      <span role="status">
        {attempt.isSuccess && words.copied}
        {attempt.isError && words.notCopied}
      </span>
    </>
  );
}
