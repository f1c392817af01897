import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { signUpWords } from '../messages/signUp';
import { ChoiceField } from '../parts/ChoiceField';
import { Field } from '../parts/Field';
import { LongField } from '../parts/LongField';
import { SendForm } from '../parts/SendForm';
import { type SignUpBody, sendSignUp } from '../queries/signUps';
import { digitsIn, linesIn, PHONE_FORM, PRM_FORM, SIREN_FORM, textIn } from '../words/forms';
import { useLanguage, useWords } from '../words/language';

interface SignUpFormProps {
  operationId: string;
  onSent: (email: string) => void;
}

/** Who one is, and where: no more than the organiser needs to answer. */
export function SignUpForm({ operationId, onSent }: SignUpFormProps) {
  const words = useWords(signUpWords);
  const language = useLanguage();
  const [kind, setKind] = useState<SignUpBody['kind']>('household');
  const [direction, setDirection] = useState<'consumption' | 'production'>('consumption');
  const isHousehold = kind === 'household';
  const attempt = useMutation({
    mutationFn: sendSignUp,
    onSuccess: (_answer, { email }) => onSent(email),
  });
  const bodyOf = (form: FormData): SignUpBody => ({
    operation_id: operationId,
    kind,
    direction,
    language,
    name: textIn(form, 'name') ?? '',
    address: linesIn(form, 'address'),
    email: textIn(form, 'email') ?? '',
    phone: textIn(form, 'phone'),
    prm: digitsIn(form, 'prm'),
    siren: digitsIn(form, 'siren'),
    words: linesIn(form, 'words') || null,
  });
  return (
    <SendForm
      attempt={attempt}
      submit={words.submit}
      onSend={(form) => attempt.mutate(bodyOf(form))}
    >
      <ChoiceField
        name="direction"
        label={words.direction}
        choices={words.directions}
        chosen={direction}
        onChange={setDirection}
      />
      <ChoiceField
        name="kind"
        label={words.kind}
        choices={words.kinds}
        chosen={kind}
        onChange={setKind}
      />
      <Field
        name="name"
        type="text"
        maxLength={200}
        autoComplete={isHousehold ? 'name' : 'organization'}
        label={isHousehold ? words.name : words.nameOfCompany}
      />
      {!isHousehold && (
        <Field
          name="siren"
          type="text"
          inputMode="numeric"
          pattern={SIREN_FORM}
          label={words.siren}
          help={words.sirenHelp}
          isOptional
        />
      )}
      <LongField
        name="address"
        maxLength={250}
        autoComplete="street-address"
        label={words.address}
      />
      <Field name="email" type="email" autoComplete="email" label={words.email} />
      <Field
        name="phone"
        type="tel"
        autoComplete="tel"
        pattern={PHONE_FORM}
        label={words.phone}
        isOptional
      />
      <Field
        name="prm"
        type="text"
        inputMode="numeric"
        autoComplete="off"
        pattern={PRM_FORM}
        label={words.prm}
        help={words.prmHelp}
        isOptional
      />
      <LongField name="words" maxLength={4000} label={words.words} isOptional />
      <p>
        {words.kept} <Link to="/about/privacy">{words.privacy}</Link>
      </p>
    </SendForm>
  );
}
