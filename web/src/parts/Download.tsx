import { useMutation } from '@tanstack/react-query';
import { downloadWords } from '../messages/download';
import { useWords } from '../words/language';
import { QuietButton } from './QuietButton';
import { Refusal } from './Refusal';

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
    onSuccess: (file) => save(file, name),
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

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // Once the browser has begun to write it.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
