import { useMutation } from '@tanstack/react-query';
import { collectionWords } from '../../../../messages/running/paymentsCollections';
import { Card } from '../../../../parts/Card';
import { Refusal } from '../../../../parts/Refusal';
import { Said } from '../../../../parts/Said';
import { takeReports } from '../../../../queries/collections';
import { useWords } from '../../../../words/language';
import { usePaymentsChanged } from '../changed';
import { Files } from '../Files';

/** Where the bank's file of rejected orders is taken in. */
export function Reporting({ collectorId }: { collectorId: string }) {
  const words = useWords(collectionWords);
  const changed = usePaymentsChanged();
  const attempt = useMutation({
    mutationFn: (files: readonly File[]) => takeReports(collectorId, files),
    onSettled: changed,
  });
  return (
    <Card title={words.report}>
      <p>{words.reportHelp}</p>
      <Files
        label={words.choose}
        onFiles={(files) => !attempt.isPending && attempt.mutate(files)}
      />
      <Said>{attempt.data ? words.reported(attempt.data.rejected) : null}</Said>
      <Refusal error={attempt.error} />
    </Card>
  );
}
