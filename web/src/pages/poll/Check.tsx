import { useMutation } from '@tanstack/react-query';
import { sha256 } from '../../counting/seal';
import { pollResultWords } from '../../messages/pollResults';
import { Card } from '../../parts/Card';
import { Field } from '../../parts/Field';
import { Icon } from '../../parts/Icon';
import { QuietButton } from '../../parts/QuietButton';
import { Refusal } from '../../parts/Refusal';
import { SendForm } from '../../parts/SendForm';
import shared from '../../parts/Together.module.css';
import { countHere, listBallots, type Poll, type Recount, type Result } from '../../queries/polls';
import { choiceInWords } from '../../words/ballots';
import { momentOf } from '../../words/instants';
import { colon, useLanguage, useWords } from '../../words/language';

/** For who believes nobody: the seal, the count again, one's own ballot among the others. */
export function Check({ poll, result }: { poll: Poll; result: Result }) {
  const words = useWords(pollResultWords);
  const counting = useMutation({ mutationFn: () => countHere(poll, result) });
  if (!window.isSecureContext) {
    return (
      <Card title={words.check}>
        <p>{words.noCrypto}</p>
        <Seal result={result} />
      </Card>
    );
  }
  return (
    <Card title={words.check}>
      <p>{words.checkHelp}</p>
      <QuietButton onPress={() => counting.mutate()}>{words.countAgain}</QuietButton>
      <div role="status">{counting.data && <Counted recount={counting.data} />}</div>
      <Refusal error={counting.error} />
      {poll.ballot_mode === 'secret' && <OwnBallot poll={poll} />}
      <Seal result={result} />
    </Card>
  );
}

function Counted({ recount }: { recount: Recount }) {
  const words = useWords(pollResultWords);
  const language = useLanguage();
  const isRight = recount.isSame && recount.isShown;
  return (
    <>
      <p className={`${shared.state} ${isRight ? '' : shared.alert}`}>
        <Icon name={isRight ? 'done' : 'alert'} />
        {isRight ? words.isSame(recount.ballots) : words.isDifferent}
      </p>
      {!isRight && (
        <p>
          {words.countedSeal}
          {colon(language)}
          <code className={shared.code}>{recount.sha256}</code>
        </p>
      )}
    </>
  );
}

/** The receipt stays in the browser: only its hash is compared, here. */
function OwnBallot({ poll }: { poll: Poll }) {
  const words = useWords(pollResultWords);
  const language = useLanguage();
  const finding = useMutation({
    mutationFn: async (receipt: string) => {
      const hash = await sha256(receipt.trim().toLowerCase());
      const ballots = await listBallots(poll.operation_id, poll.id);
      return ballots.find(({ receipt_sha256 }) => receipt_sha256 === hash) ?? null;
    },
  });
  return (
    <details>
      <summary>{words.findOwn}</summary>
      <SendForm
        attempt={finding}
        submit={words.find}
        onSend={(form) => finding.mutate(String(form.get('receipt')))}
      >
        <Field name="receipt" type="text" autoComplete="off" label={words.yourReceipt} />
      </SendForm>
      <p role="status">
        {finding.data && words.foundAs(choiceInWords(finding.data.choice, poll, language))}
        {finding.data === null && words.notFound}
      </p>
    </details>
  );
}

function Seal({ result }: { result: Result }) {
  const words = useWords(pollResultWords);
  const language = useLanguage();
  return (
    <details>
      <summary>{words.seal}</summary>
      <p>{words.sealHelp}</p>
      <code className={shared.code}>{result.sha256}</code>
      <p className={shared.weak}>{words.sealedOn(momentOf(result.sealed_at, language))}</p>
    </details>
  );
}
