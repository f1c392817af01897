import { useMutation, useQueryClient } from '@tanstack/react-query';
import { documentWords } from '../../messages/documents';
import { SendForm } from '../../parts/SendForm';
import { TickField } from '../../parts/TickField';
import { type OwnDocument, sign } from '../../queries/documents';
import { useWords } from '../../words/language';

interface SigningProps {
  document: OwnDocument;
  /** The last one. */
  version: OwnDocument['versions'][number];
}

/** What was sent to be signed, signed by a click. */
export function Signing({ document, version }: SigningProps) {
  const words = useWords(documentWords);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: () => sign(document, version.sha256),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['documents'] }),
  });
  return (
    <SendForm attempt={attempt} submit={words.sign} onSend={() => attempt.mutate()}>
      <p>{words.signing}</p>
      <TickField name="agrees" label={words.agree(version.number)} isRequired />
    </SendForm>
  );
}
