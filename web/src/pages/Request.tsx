import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { requestWords } from '../messages/request';
import { Card } from '../parts/Card';
import { Field } from '../parts/Field';
import { Heading } from '../parts/Heading';
import { LongField } from '../parts/LongField';
import { SendForm } from '../parts/SendForm';
import { TickField } from '../parts/TickField';
import { POINT_KINDS, type RequestBody, sendRequest } from '../queries/requests';
import {
  countIn,
  decimalsIn,
  digitsIn,
  linesIn,
  PHONE_FORM,
  POWERS_FORM,
  SIREN_FORM,
  textIn,
} from '../words/forms';
import { useLanguage, useWords } from '../words/language';
import styles from './Request.module.css';

const MOST_POINTS = 500;

/** To ask the co-op for help to set an operation up, without an account. */
export function Request() {
  const words = useWords(requestWords);
  const language = useLanguage();
  const navigate = useNavigate();
  const [isUncounted, setUncounted] = useState(false);
  const attempt = useMutation({
    mutationFn: sendRequest,
    onSuccess: ({ id, secret }) =>
      navigate({ to: '/requests/$request', params: { request: id }, hash: secret }),
  });
  const send = (form: FormData) => {
    const body = { ...bodyOf(form), language };
    const isCounted = POINT_KINDS.some((kind) => (body.points[kind] ?? 0) > 0);
    setUncounted(!isCounted);
    if (isCounted) attempt.mutate(body);
  };
  return (
    <>
      <Heading>{words.title}</Heading>
      <p className={styles.lead}>{words.lead}</p>
      <div className={styles.wide}>
        <SendForm attempt={attempt} submit={words.submit} onSend={send}>
          <Card title={words.idea}>
            <LongField
              name="reason"
              rows={5}
              maxLength={4000}
              label={words.reason}
              help={words.reasonHelp}
            />
          </Card>
          <Card title={words.where}>
            <Field
              name="commune"
              type="text"
              autoComplete="address-level2"
              maxLength={100}
              label={words.commune}
            />
            <LongField name="address" rows={2} maxLength={250} label={words.address} isOptional />
          </Card>
          <Card title={words.withWhom}>
            <Counts isUncounted={isUncounted} />
            <Field
              name="plants_kwc"
              type="text"
              inputMode="decimal"
              pattern={POWERS_FORM}
              label={words.plants}
              help={words.plantsHelp}
              isOptional
            />
          </Card>
          <Card title={words.you}>
            <Person />
            <TickField name="may_be_contacted" label={words.mayBeContacted} />
          </Card>
          <Link to="/about/privacy">{words.privacy}</Link>
        </SendForm>
      </div>
    </>
  );
}

function Counts({ isUncounted }: { isUncounted: boolean }) {
  const words = useWords(requestWords);
  return (
    <fieldset className={styles.counts}>
      <legend>{words.countsOf}</legend>
      {POINT_KINDS.map((kind) => (
        <label key={kind}>
          {words.counts[kind]}
          <input type="number" name={`points/${kind}`} min={0} max={MOST_POINTS} placeholder="0" />
        </label>
      ))}
      {isUncounted && <p role="alert">{words.noCounts}</p>}
    </fieldset>
  );
}

function Person() {
  const words = useWords(requestWords);
  return (
    <>
      <Field name="name" type="text" autoComplete="name" maxLength={200} label={words.name} />
      <Field name="email" type="email" autoComplete="email" label={words.email} />
      <Field
        name="phone"
        type="tel"
        autoComplete="tel"
        pattern={PHONE_FORM}
        label={words.phone}
        isOptional
      />
      <details className={styles.more}>
        <summary>{words.forOthers}</summary>
        <Field
          name="organisation"
          type="text"
          autoComplete="organization"
          maxLength={200}
          label={words.organisation}
          isOptional
        />
        <Field
          name="siren"
          type="text"
          inputMode="numeric"
          pattern={SIREN_FORM}
          label={words.siren}
          help={words.sirenHelp}
          isOptional
        />
      </details>
    </>
  );
}

function bodyOf(form: FormData): RequestBody {
  return {
    name: textIn(form, 'name') ?? '',
    email: textIn(form, 'email') ?? '',
    phone: textIn(form, 'phone'),
    organisation: textIn(form, 'organisation'),
    siren: digitsIn(form, 'siren'),
    commune: textIn(form, 'commune') ?? '',
    address: linesIn(form, 'address') || null,
    points: Object.fromEntries(POINT_KINDS.map((kind) => [kind, countIn(form, `points/${kind}`)])),
    plants_kwc: decimalsIn(form, 'plants_kwc'),
    reason: linesIn(form, 'reason'),
    may_be_contacted: form.has('may_be_contacted'),
  };
}
