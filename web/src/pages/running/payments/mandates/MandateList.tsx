import { useMutation } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { mandateDeskWords } from '../../../../messages/running/paymentsMandates';
import { SendForm } from '../../../../parts/SendForm';
import { TickField } from '../../../../parts/TickField';
import shared from '../../../../parts/Together.module.css';
import { endMandate } from '../../../../queries/mandateDesk';
import type { Mandate } from '../../../../queries/mandates';
import { bankReason } from '../../../../words/bankReasons';
import { fullDay } from '../../../../words/dates';
import { inFours } from '../../../../words/forms';
import { useLanguage, useWords } from '../../../../words/language';
import { useNames } from '../../names';
import { usePaymentsChanged } from '../changed';
import styles from '../Payments.module.css';

/** Mandates; those in force can be revoked in their place. */
export function MandateList({ mandates }: { mandates: readonly Mandate[] }) {
  return (
    <ul className={shared.list}>
      {mandates.map((mandate) => (
        <Line key={mandate.id} mandate={mandate} />
      ))}
    </ul>
  );
}

function Line({ mandate }: { mandate: Mandate }) {
  const words = useWords(mandateDeskWords);
  const language = useLanguage();
  const { operation } = useParams({ from: '/inside/o/$operation' });
  const names = useNames(operation);
  const { debtor_id, holder, rum, iban, signed_on, revoked_on } = mandate;
  const name = names.memberOrNobody(debtor_id) ?? holder;
  return (
    <li>
      <div className={styles.customer}>
        <h3 className={shared.title}>{name}</h3>
        <State mandate={mandate} />
      </div>
      <p className={`${shared.weak} ${styles.iban}`}>
        {[
          rum,
          words.signed(fullDay(signed_on, language)),
          ...(holder === name ? [] : [holder]),
          iban ? inFours(iban) : words.forgotten,
        ].join(' · ')}
      </p>
      {revoked_on === null && <Ending mandate={mandate} name={name} />}
    </li>
  );
}

function State({ mandate: { revoked_on, blocked_by } }: { mandate: Mandate }) {
  const words = useWords(mandateDeskWords);
  const language = useLanguage();
  if (revoked_on) return <span>{words.revoked(fullDay(revoked_on, language))}</span>;
  if (!blocked_by) return <span>{words.inForce}</span>;
  return <span className={shared.alert}>{words.blocked(bankReason(blocked_by, language))}</span>;
}

function Ending({ mandate, name }: { mandate: Mandate; name: string }) {
  const words = useWords(mandateDeskWords);
  const changed = usePaymentsChanged();
  const attempt = useMutation({ mutationFn: () => endMandate(mandate), onSuccess: changed });
  return (
    <details>
      <summary aria-label={words.endOf(name)}>{words.end}</summary>
      <p>{words.endHelp}</p>
      <SendForm attempt={attempt} submit={words.endNow} onSend={() => attempt.mutate()}>
        <TickField name="checked" label={words.endChecked} isRequired />
      </SendForm>
    </details>
  );
}
