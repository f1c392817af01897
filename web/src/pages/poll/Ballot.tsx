import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { flushSync } from 'react-dom';
import { ballotWords } from '../../messages/ballots';
import { Card } from '../../parts/Card';
import go from '../../parts/Go.module.css';
import { QuietButton } from '../../parts/QuietButton';
import { SendForm } from '../../parts/SendForm';
import shared from '../../parts/Together.module.css';
import { type Cast, type ChoiceIn, castBallot, type Poll, pollChanged } from '../../queries/polls';
import { choiceInWords, choiceOf } from '../../words/ballots';
import { useLanguage, useWords } from '../../words/language';
import { ChoiceFields } from './ChoiceFields';
import { Receipt } from './Receipt';

interface BallotProps {
  poll: Poll;
  memberId: string;
  /** Of who gave a proxy; none: it is one's own. */
  name?: string;
  mayVote: boolean;
  hasVoted: boolean;
}

/** A ballot to fill in; a secret one is shown once more before it is final. */
export function Ballot({ poll, memberId, name, mayVote, hasVoted }: BallotProps) {
  const words = useWords(ballotWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const [choice, setChoice] = useState<ChoiceIn | null>(null);
  // Kept whatever comes after: the answer with a receipt comes once.
  const [cast, setCast] = useState<Cast | null>(null);
  const isUnderWay = useRef(false);
  const fields = useRef<HTMLDivElement>(null);
  /** The fields as they were filled in, with the focus that was on a button which is gone. */
  const askAgain = () => {
    flushSync(() => setChoice(null));
    fields.current?.querySelector<HTMLElement>('[type="submit"]')?.focus();
  };
  const casting = useMutation({
    mutationFn: (body: ChoiceIn) => castBallot(poll, memberId, body),
    onSuccess: async (answer) => {
      setCast(answer);
      setChoice(null);
      await pollChanged(queries, poll);
    },
    onError: askAgain,
    onSettled: () => {
      isUnderWay.current = false;
    },
  });
  // By a ref: of two clicks, the second comes before React has shown what the first did.
  const castOnce = (body: ChoiceIn) => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    casting.mutate(body);
  };
  const title = name ? words.ballotOf(name) : words.ballot;
  const isFinal = poll.ballot_mode === 'secret';
  const isCast = cast !== null;
  if (!mayVote && !isCast) return null;
  return (
    <Card title={title}>
      <div role="status">{isCast && <p>{words.counted}</p>}</div>
      {cast?.receipt && <Receipt receipt={cast.receipt} />}
      {mayVote && !isCast && hasVoted && <p className={shared.weak}>{words.again}</p>}
      {mayVote && !(isCast && isFinal) && (
        <>
          {/* Not taken away while one is asked again: whoever changes it finds what they chose. */}
          <div hidden={choice !== null} ref={fields}>
            <SendForm
              attempt={casting}
              isWide
              submit={name ? words.voteFor(name) : words.vote}
              onSend={(form) => {
                const filled = choiceOf(form, poll);
                if (isFinal) setChoice(filled);
                else castOnce(filled);
              }}
            >
              <ChoiceFields poll={poll} />
            </SendForm>
          </div>
          {choice && (
            <Confirmation
              sentence={words.sure(choiceInWords(choice, poll, language))}
              onCast={() => castOnce(choice)}
              onChange={askAgain}
            />
          )}
        </>
      )}
    </Card>
  );
}

interface ConfirmationProps {
  sentence: string;
  onCast: () => void;
  onChange: () => void;
}

/** Before a ballot is final; a button of its own, which a double click does not reach. */
function Confirmation({ sentence, onCast, onChange }: ConfirmationProps) {
  const words = useWords(ballotWords);
  const id = useId();
  return (
    <>
      <p className={shared.lead} id={id}>
        {sentence}
      </p>
      <div className={shared.actions}>
        <QuietButton onPress={onChange}>{words.change}</QuietButton>
        {/* It has the focus, and says with its name what it will cast. */}
        <Button className={go.go ?? ''} autoFocus aria-describedby={id} onPress={onCast}>
          {words.cast}
        </Button>
      </div>
    </>
  );
}
