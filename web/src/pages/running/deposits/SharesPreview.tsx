import { useMutation } from '@tanstack/react-query';
import { depositWords } from '../../../messages/running/deposits';
import { QuietButton } from '../../../parts/QuietButton';
import { Refusal } from '../../../parts/Refusal';
import tables from '../../../parts/Table.module.css';
import shared from '../../../parts/Together.module.css';
import type { DepositPreview } from '../../../queries/deposits';
import { fullDay } from '../../../words/dates';
import { useLanguage, useWords } from '../../../words/language';
import { kwh } from '../../../words/numbers';
import { useNames } from '../names';

interface SharesPreviewProps {
  operation: string;
  /** Asks what a deposit would share. Throws Problem. */
  load: () => Promise<DepositPreview>;
}

/** A button, and what a deposit is expected to share once it is pressed. */
export function SharesPreview({ operation, load }: SharesPreviewProps) {
  const words = useWords(depositWords);
  const attempt = useMutation({ mutationFn: load });
  return (
    <>
      <div>
        <QuietButton onPress={() => attempt.mutate()}>{words.preview}</QuietButton>
      </div>
      <Refusal error={attempt.error} />
      {attempt.data && <ExpectedShares operation={operation} preview={attempt.data} />}
    </>
  );
}

interface ExpectedSharesProps {
  operation: string;
  preview: DepositPreview;
}

function ExpectedShares({ operation, preview }: ExpectedSharesProps) {
  const words = useWords(depositWords);
  const language = useLanguage();
  const names = useNames(operation);
  const { production_wmin, shared_wmin, surplus_wmin, consumers, read_before } = preview;
  return (
    <>
      <p role="status">
        {words.expected(
          kwh(production_wmin, language),
          kwh(shared_wmin, language),
          kwh(surplus_wmin, language),
        )}
      </p>
      <table className={tables.numbers}>
        <caption>{words.expectedMonth}</caption>
        <thead>
          <tr>
            <th scope="col">{words.member}</th>
            <th scope="col">{words.consumption}</th>
            <th scope="col">{words.localEnergy}</th>
          </tr>
        </thead>
        <tbody>
          {consumers.map((consumer) => (
            <tr key={consumer.prm}>
              <th scope="row">{names.ofPoint(consumer.prm)}</th>
              <td>{kwh(consumer.consumption_wmin, language)}</td>
              <td>{kwh(consumer.shared_wmin, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={shared.weak}>{words.expectedFrom(fullDay(read_before, language))}</p>
    </>
  );
}
