import { ballotWords } from '../../messages/ballots';
import { CopyButton } from '../../parts/CopyButton';
import { QuietButton } from '../../parts/QuietButton';
import shared from '../../parts/Together.module.css';
import { useWords } from '../../words/language';

/** Of a secret ballot, to be kept: it is shown once. */
export function Receipt({ receipt }: { receipt: string }) {
  const words = useWords(ballotWords);
  return (
    <section aria-label={words.receipt}>
      <h3 className={shared.part} tabIndex={-1} ref={focus}>
        {words.receipt}
      </h3>
      <code className={shared.code}>{receipt}</code>
      <p>{words.receiptHelp}</p>
      <div className={shared.actions}>
        <CopyButton text={receipt} />
        <QuietButton onPress={() => window.print()}>{words.print}</QuietButton>
      </div>
    </section>
  );
}

/** The button that asked for it is gone: who listens hears what came of it. */
function focus(heading: HTMLElement | null): void {
  heading?.focus();
}
