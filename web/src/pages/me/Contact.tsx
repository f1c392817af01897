import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { contactWords } from '../../messages/contact';
import { meWords } from '../../messages/me';
import { Answer } from '../../parts/Answer';
import { Card } from '../../parts/Card';
import { ChoiceField } from '../../parts/ChoiceField';
import facts from '../../parts/Facts.module.css';
import { Field } from '../../parts/Field';
import { LongField } from '../../parts/LongField';
import { QuietButton } from '../../parts/QuietButton';
import { Refusal } from '../../parts/Refusal';
import { Said } from '../../parts/Said';
import { SendForm } from '../../parts/SendForm';
import { type Me, meQuery, type Profile } from '../../queries/me';
import {
  type Contact as Body,
  cancelEmailChanges,
  changeEmail,
  saveContact,
  waitingEmailsQuery,
} from '../../queries/member';
import { linesIn } from '../../words/forms';
import { momentOf } from '../../words/instants';
import { useLanguage, useWords } from '../../words/language';
import { MePage } from './MePage';

/** Where one lives, in which language one is written to, and to which address. */
export function Contact() {
  const words = useWords(contactWords);
  const { notMember } = useWords(meWords);
  return (
    <MePage title={words.title}>
      {(me) =>
        me.profile ? (
          <>
            <Where member={me.profile.member} />
            <Email me={me} member={me.profile.member} />
          </>
        ) : (
          <p>{notMember}</p>
        )
      }
    </MePage>
  );
}

function Where({ member }: { member: Profile['member'] }) {
  const words = useWords(contactWords);
  const { languages } = useWords(meWords);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: saveContact,
    onSuccess: () => queries.invalidateQueries(meQuery),
  });
  return (
    <Card title={words.where}>
      <SendForm
        attempt={attempt}
        submit={words.save}
        onSend={(form) => attempt.mutate(contactOf(form))}
      >
        <LongField
          name="address"
          autoComplete="street-address"
          maxLength={500}
          label={words.address}
          defaultValue={member.address}
        />
        <LongField
          name="delivery_address"
          maxLength={500}
          isOptional
          label={words.delivery}
          help={words.deliveryHelp}
          defaultValue={member.delivery_address ?? ''}
        />
        <ChoiceField
          name="language"
          label={words.language}
          choices={languages}
          chosen={member.language}
          langOf={(code) => code}
        />
      </SendForm>
      <Said>{attempt.isSuccess && words.saved}</Said>
      <p>{words.name}</p>
    </Card>
  );
}

function Email({ me, member }: { me: Me; member: Profile['member'] }) {
  const words = useWords(contactWords);
  const queries = useQueryClient();
  const sending = useMutation({
    mutationFn: changeEmail,
    onSuccess: () => queries.invalidateQueries(waitingEmailsQuery),
  });
  return (
    <Card title={words.email}>
      {member.email ? (
        <p>
          {words.emailNow} <strong>{member.email}</strong>
        </p>
      ) : (
        <p>{words.emailNone}</p>
      )}
      <WaitingEmails
        onSend={(email) => sending.isPending || sending.mutate(email)}
        onCancelled={() => sending.reset()}
      />
      <SendForm
        attempt={sending}
        submit={words.sendLink}
        onSend={(form) => sending.mutate(String(form.get('email')))}
      >
        <Field name="email" type="email" autoComplete="email" label={words.newEmail} />
      </SendForm>
      <Said>{sending.isSuccess && words.linkSent(sending.variables)}</Said>
      {me.email && <p>{words.logIn(me.email)}</p>}
    </Card>
  );
}

interface WaitingEmailsProps {
  onSend: (email: string) => void;
  onCancelled: () => void;
}

/** Addresses that were asked for and not confirmed yet; nothing, if there are none. */
function WaitingEmails({ onSend, onCancelled }: WaitingEmailsProps) {
  const words = useWords(contactWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const query = useQuery(waitingEmailsQuery);
  const cancelling = useMutation({
    mutationFn: cancelEmailChanges,
    onSuccess: () => {
      onCancelled();
      return queries.invalidateQueries(waitingEmailsQuery);
    },
  });
  return (
    <>
      <Answer query={query}>
        {(waiting) => (
          <>
            {waiting.map(({ email, expires_at }) => (
              <div key={email}>
                <p>{words.waits(email, momentOf(expires_at, language))}</p>
                <QuietButton onPress={() => onSend(email)} name={words.sendAgainTo(email)}>
                  {words.sendAgain}
                </QuietButton>
              </div>
            ))}
            {waiting.length > 0 && (
              <div className={facts.actions}>
                <QuietButton onPress={() => cancelling.isPending || cancelling.mutate()}>
                  {words.keep}
                </QuietButton>
              </div>
            )}
            <Said>{cancelling.isSuccess && waiting.length === 0 && words.kept}</Said>
          </>
        )}
      </Answer>
      <Refusal error={cancelling.error} />
    </>
  );
}

function contactOf(form: FormData): Body {
  return {
    address: linesIn(form, 'address'),
    delivery_address: linesIn(form, 'delivery_address') || null,
    language: form.get('language') === 'en' ? 'en' : 'fr',
  };
}
