import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { memberKindWords } from '../../../messages/memberKinds';
import { memberWords } from '../../../messages/running/members';
import { Card } from '../../../parts/Card';
import facts from '../../../parts/Facts.module.css';
import { Field } from '../../../parts/Field';
import { LongField } from '../../../parts/LongField';
import { Said } from '../../../parts/Said';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import shared from '../../../parts/Together.module.css';
import type { Member } from '../../../queries/perimeters';
import { type MemberBody, saveMember } from '../../../queries/points';
import { inThrees, SIREN_FORM } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { MEMBER_KINDS, memberIn } from '../../../words/participants';
import { useChanged } from '../close/changed';

interface MemberFactsProps {
  operation: string;
  /** undefined: they do not take part yet. */
  member: Member | undefined;
}

/** Who they are and where they are written to, and the form that corrects it. */
export function MemberFacts({ operation, member }: MemberFactsProps) {
  const words = useWords(memberWords);
  const kinds = useWords(memberKindWords);
  if (!member) return <p className={shared.weak}>{words.later}</p>;
  const { kind, email, address, delivery_address, siren, vat_number, language } = member;
  return (
    <Card title={words.facts}>
      <dl className={facts.told}>
        <dt>{words.kind}</dt>
        <dd>{kinds[kind]}</dd>
        <dt>{words.email}</dt>
        <dd>{email ? <a href={`mailto:${email}`}>{email}</a> : words.noEmail}</dd>
        <dt>{words.address}</dt>
        <dd className={shared.lines}>{address}</dd>
        {delivery_address && (
          <>
            <dt>{words.delivery}</dt>
            <dd className={shared.lines}>{delivery_address}</dd>
          </>
        )}
        {siren && (
          <>
            <dt>{words.siren}</dt>
            <dd>{inThrees(siren)}</dd>
          </>
        )}
        {vat_number && (
          <>
            <dt>{words.vat}</dt>
            <dd>{vat_number}</dd>
          </>
        )}
        <dt>{words.language}</dt>
        <dd>{words.languages[language]}</dd>
      </dl>
      <details>
        <summary>{words.edit}</summary>
        <EditForm key={member.revision} operation={operation} member={member} />
      </details>
    </Card>
  );
}

function EditForm({ operation, member }: { operation: string; member: Member }) {
  const words = useWords(memberWords);
  const kinds = useWords(memberKindWords);
  const [kind, setKind] = useState(member.kind);
  const [language, setLanguage] = useState(member.language);
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: (body: MemberBody) => saveMember(member.id, body),
    onSuccess: changed,
  });
  return (
    <>
      <SendForm
        attempt={attempt}
        submit={words.save}
        isWide
        onSend={(form) => attempt.mutate(memberIn(form))}
      >
        <p className={shared.weak}>{words.editHelp}</p>
        <Field
          name="name"
          type="text"
          maxLength={200}
          label={words.name}
          defaultValue={member.name}
        />
        <SelectField
          name="kind"
          label={words.kind}
          options={MEMBER_KINDS.map((one) => [one, kinds[one]] as const)}
          value={kind}
          onChange={setKind}
        />
        <Field
          name="email"
          type="email"
          label={words.email}
          defaultValue={member.email ?? ''}
          isOptional
        />
        <LongField
          name="address"
          maxLength={500}
          label={words.address}
          defaultValue={member.address}
        />
        <LongField
          name="delivery_address"
          maxLength={500}
          label={words.delivery}
          help={words.deliveryHelp}
          defaultValue={member.delivery_address ?? ''}
          isOptional
        />
        <Field
          name="siren"
          type="text"
          inputMode="numeric"
          pattern={SIREN_FORM}
          label={words.siren}
          help={words.sirenHelp}
          defaultValue={member.siren ?? ''}
          isOptional
        />
        <Field
          name="vat_number"
          type="text"
          label={words.vat}
          help={words.vatHelp}
          defaultValue={member.vat_number ?? ''}
          isOptional
        />
        <SelectField
          name="language"
          label={words.language}
          options={[
            ['fr', words.languages.fr],
            ['en', words.languages.en],
          ]}
          value={language}
          onChange={setLanguage}
        />
      </SendForm>
      <Said>{attempt.isSuccess && words.saved}</Said>
    </>
  );
}
