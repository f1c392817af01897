import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { accountChangeWords } from '../messages/accountChange';
import { Answer } from '../parts/Answer';
import facts from '../parts/Facts.module.css';
import { Heading } from '../parts/Heading';
import { QuietButton } from '../parts/QuietButton';
import { Refusal } from '../parts/Refusal';
import { Said } from '../parts/Said';
import { SendForm } from '../parts/SendForm';
import { StepUp } from '../parts/StepUp';
import {
  accountChangeQuery,
  type Creditor,
  confirmChange,
  isSellerAlone,
  refuseChange,
  type Waiting,
} from '../queries/creditors';
import { meQuery } from '../queries/me';
import { inFours } from '../words/forms';
import { momentOf } from '../words/instants';
import { useLanguage, useWords } from '../words/language';

type Outcome = 'confirmed' | 'refused';

/** Another account on which a seller is to be paid: they, or another person, confirm or refuse it. */
export function AccountChange() {
  const words = useWords(accountChangeWords);
  const { seller } = useParams({ from: '/inside/account-change/$seller' });
  const query = useQuery(accountChangeQuery(seller));
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  return (
    <>
      <Heading>{words.title}</Heading>
      <Said>{outcome && words[outcome]}</Said>
      <Answer query={query}>
        {(change) =>
          change ? (
            <Change key={change.waiting.change.id} {...change} onAnswer={setOutcome} />
          ) : (
            !outcome && <p>{words.none}</p>
          )
        }
      </Answer>
    </>
  );
}

interface ChangeProps {
  waiting: Waiting;
  former: Creditor | null;
  onAnswer: (outcome: Outcome) => void;
}

function Change({ waiting, former, onAnswer }: ChangeProps) {
  const words = useWords(accountChangeWords);
  const language = useLanguage();
  const { data: me } = useQuery(meQuery);
  const goodFrom = momentOf(waiting.change.good_from, language);
  return (
    <>
      <p className={facts.lead}>{words.waits(goodFrom, isSellerAlone(me, waiting))}</p>
      <section className={facts.card}>
        <dl className={facts.told}>
          <dt>{words.account}</dt>
          <dd>{inFours(waiting.iban)}</dd>
          <dt>{words.holder}</dt>
          <dd>{waiting.name}</dd>
          <dt>{words.former}</dt>
          <dd>{former ? inFours(former.iban) : words.noFormer}</dd>
        </dl>
        {waiting.collected_by && <p>{words.collected}</p>}
      </section>
      <p>{words.expected}</p>
      <Answers waiting={waiting} onAnswer={onAnswer} />
    </>
  );
}

function Answers({ waiting, onAnswer }: Pick<ChangeProps, 'waiting' | 'onAnswer'>) {
  const words = useWords(accountChangeWords);
  const queries = useQueryClient();
  const answered = (outcome: Outcome) => () => {
    onAnswer(outcome);
    return queries.invalidateQueries(accountChangeQuery(waiting.member_id));
  };
  const confirm = useMutation({
    mutationFn: () => confirmChange(waiting),
    onSuccess: answered('confirmed'),
  });
  const refuse = useMutation({
    mutationFn: () => refuseChange(waiting),
    onSuccess: answered('refused'),
  });
  // Of one answer at a time it is asked who gives it.
  const sendConfirm = () => {
    refuse.reset();
    confirm.mutate();
  };
  const sendRefusal = () => {
    if (refuse.isPending) return;
    confirm.reset();
    refuse.mutate();
  };
  return (
    <>
      <SendForm attempt={confirm} submit={words.confirm} onSend={sendConfirm} />
      <StepUp error={confirm.error} onDone={() => confirm.mutate()} />
      <p>
        <QuietButton onPress={sendRefusal}>{words.refuse}</QuietButton>
      </p>
      <Refusal error={refuse.error} />
      <StepUp error={refuse.error} onDone={() => refuse.mutate()} />
    </>
  );
}
