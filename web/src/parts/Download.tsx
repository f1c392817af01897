import { useMutation } from '@tanstack/react-query';
import { downloadWords } from '../messages/download';
import { useWords } from '../words/language';
import { QuietButton } from './QuietButton';
import { Refusal } from './Refusal';
import { saveFile } from './save';

interface DownloadProps {
  children: string;
  /** Of the file as it is saved. */
  name: string;
  /** For who listens, where several buttons say the same. */
  label?: string;
  load: () => Promise<Blob>;
}

/** A button that fetches a file and saves it: a plain link could not say who asks. */
export function Download({ children, name, label = children, load }: DownloadProps) {
  const words = useWords(downloadWords);
  const attempt = useMutation({
    mutationFn: load,
    onSuccess: (file) => saveFile(name, file),
  });
  return (
    <>
      <QuietButton name={label} onPress={() => !attempt.isPending && attempt.mutate()}>
        {children}
      </QuietButton>
      <span role="status">
        {attempt.isPending && ` ${words.coming}`}
        {attempt.isSuccess && ` ${words.saved(name)}`}
      </span>
      <Refusal error={attempt.error} />
    </>
  );
}
