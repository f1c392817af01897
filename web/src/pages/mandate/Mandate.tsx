import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { mandateWords } from '../../messages/mandate';
import { Answer } from '../../parts/Answer';
import { BackToInvoices } from '../../parts/Back';
import facts from '../../parts/Facts.module.css';
import { Heading } from '../../parts/Heading';
import { Said } from '../../parts/Said';
import { Why } from '../../parts/Why';
import { summariesQuery } from '../../queries/invoices';
import {
  collectorsQuery,
  type Mandate,
  mandateRequestsQuery,
  mandatesQuery,
} from '../../queries/mandates';
import { type Me, meQuery } from '../../queries/me';
import { fullDay } from '../../words/dates';
import { inFours } from '../../words/forms';
import { useLanguage, useWords } from '../../words/language';
import { MandateEnd } from './MandateEnd';
import { MandateWish } from './MandateWish';

/** From which account invoices are debited, and for whom; and how one asks for it. */
export function MandatePage() {
  const words = useWords(mandateWords);
  const { data: me } = useQuery(meQuery);
  return (
    <>
      <BackToInvoices />
      <Heading>{words.title}</Heading>
      {me?.member_id ? <Mandates me={me} memberId={me.member_id} /> : <p>{words.notAMember}</p>}
    </>
  );
}

function Mandates({ me, memberId }: { me: Me; memberId: string }) {
  const words = useWords(mandateWords);
  const query = useQuery(mandatesQuery);
  const [isEnded, setIsEnded] = useState(false);
  const { data: collectors = [] } = useQuery(collectorsQuery(useLanguage()));
  // Who collects no more has a name on the invoices that it has sent.
  const { data: invoices = [] } = useInfiniteQuery(summariesQuery(memberId, 'bought'));
  const names = new Map([
    ...invoices.map(({ issuer }) => [issuer.member_id, issuer.name] as const),
    ...collectors.map(({ creditor_id, name }) => [creditor_id, name] as const),
  ]);
  return (
    <Answer query={query}>
      {(mandates) => {
        const current = mandates.filter(({ revoked_on }) => revoked_on === null);
        const old = mandates.filter(({ revoked_on }) => revoked_on !== null);
        return (
          <>
            <Said>{isEnded && words.ended}</Said>
            {current.length === 0 ? (
              <p className={facts.lead}>{words.none}</p>
            ) : (
              <div className={facts.cards}>
                {current.map((mandate) => (
                  <OfMandate
                    key={mandate.id}
                    mandate={mandate}
                    name={names.get(mandate.creditor_id) ?? null}
                    onEnd={() => setIsEnded(true)}
                  />
                ))}
              </div>
            )}
            <Wishes mandates={current} holder={me.profile?.member.name ?? ''} />
            {current.length > 0 && (
              <Why title={words.why}>
                <p>{words.whyAnswer}</p>
              </Why>
            )}
            {old.length > 0 && (
              <details>
                <summary>{words.old}</summary>
                {old.map((mandate) => (
                  <Account key={mandate.id} mandate={mandate} />
                ))}
              </details>
            )}
          </>
        );
      }}
    </Answer>
  );
}

/** For each who may collect: what was asked for, or the form. */
function Wishes({ mandates, holder }: { mandates: Mandate[]; holder: string }) {
  const words = useWords(mandateWords);
  const collectors = useQuery(collectorsQuery(useLanguage()));
  const requests = useQuery(mandateRequestsQuery);
  return (
    <Answer query={collectors}>
      {(all) =>
        all.length === 0 ? (
          <p>{words.noCollector}</p>
        ) : (
          <Answer query={requests}>
            {(asked) =>
              all.map((collector) => (
                <MandateWish
                  key={collector.creditor_id}
                  collector={collector}
                  request={asked.find(({ creditor_id }) => creditor_id === collector.creditor_id)}
                  hasMandate={mandates.some(
                    ({ creditor_id, blocked_by }) =>
                      creditor_id === collector.creditor_id && blocked_by === null,
                  )}
                  holder={holder}
                />
              ))
            }
          </Answer>
        )
      }
    </Answer>
  );
}

interface OfMandateProps {
  mandate: Mandate;
  name: string | null;
  onEnd: () => void;
}

function OfMandate({ mandate, name, onEnd }: OfMandateProps) {
  const words = useWords(mandateWords);
  return (
    <section className={facts.card}>
      <p className={facts.lead}>{words.sentence(name)}</p>
      {mandate.blocked_by && <p role="alert">{words.blocked}</p>}
      <Account mandate={mandate} />
      <MandateEnd mandate={mandate} name={name} onEnd={onEnd} />
    </section>
  );
}

function Account({ mandate }: { mandate: Mandate }) {
  const words = useWords(mandateWords);
  const language = useLanguage();
  return (
    <>
      {mandate.revoked_on && <p>{words.revoked(fullDay(mandate.revoked_on, language))}</p>}
      <dl className={facts.told}>
        <dt>{words.account}</dt>
        <dd>{mandate.iban ? inFours(mandate.iban) : words.forgotten}</dd>
        <dt>{words.holder}</dt>
        <dd>{mandate.holder}</dd>
        <dt>{words.signed}</dt>
        <dd>{fullDay(mandate.signed_on, language)}</dd>
        <dt>{words.rum}</dt>
        <dd>{mandate.rum}</dd>
      </dl>
    </>
  );
}
