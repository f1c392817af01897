import { memberKindWords } from '../../../messages/memberKinds';
import { answerWords } from '../../../messages/running/signUps';
import facts from '../../../parts/Facts.module.css';
import shared from '../../../parts/Together.module.css';
import type { SignUp } from '../../../queries/waiting';
import { fullDayOf } from '../../../words/instants';
import { OF_OPERATIONS, useLanguage, useWords } from '../../../words/language';
import { AcceptSignUp } from './AcceptSignUp';
import { RefuseSignUp } from './RefuseSignUp';

interface SignUpLineProps {
  signUp: SignUp;
  /** What became of it, in words. */
  onAnswered: (words: string) => void;
}

/** Somebody who asks to join, with what they told, and the two answers. */
export function SignUpLine({ signUp, onAnswered }: SignUpLineProps) {
  const words = useWords(answerWords);
  const kinds = useWords(memberKindWords);
  const language = useLanguage();
  const { name, kind, email, phone, address, prm, siren, direction, confirmed_at } = signUp;
  return (
    <li>
      <p className={shared.plain}>
        <strong>{name}</strong>
      </p>
      <p className={shared.weak}>
        {words.asked(kinds[kind], fullDayOf(confirmed_at, language))}, {words.sides[direction]}
      </p>
      {signUp.words && <blockquote lang={OF_OPERATIONS}>{words.quote(signUp.words)}</blockquote>}
      <dl className={facts.told}>
        <dt>{words.contact}</dt>
        <dd>
          <a href={`mailto:${email}`}>{email}</a>
          {phone && (
            <>
              <br />
              <a href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}>{phone}</a>
            </>
          )}
        </dd>
        <dt>{words.address}</dt>
        <dd className={shared.lines}>{address}</dd>
        {siren && (
          <>
            <dt>{words.siren}</dt>
            <dd>{siren}</dd>
          </>
        )}
        {prm && (
          <>
            <dt>{words.prm}</dt>
            <dd>{prm}</dd>
          </>
        )}
      </dl>
      <AcceptSignUp signUp={signUp} onAnswered={onAnswered} />
      <RefuseSignUp signUp={signUp} onAnswered={onAnswered} />
    </li>
  );
}
