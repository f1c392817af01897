import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { collectingWords } from '../../../messages/running/collecting';
import { Answer } from '../../../parts/Answer';
import { BackToBills } from '../../../parts/Back';
import { Card } from '../../../parts/Card';
import facts from '../../../parts/Facts.module.css';
import { Field } from '../../../parts/Field';
import { Heading } from '../../../parts/Heading';
import { PageAnswer } from '../../../parts/PageAnswer';
import { Said } from '../../../parts/Said';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import shared from '../../../parts/Together.module.css';
import { collectingMemberQuery } from '../../../queries/collecting';
import { organiserQuery } from '../../../queries/member';
import { type Member, perimeterQuery } from '../../../queries/perimeters';
import { saveMember } from '../../../queries/points';
import { sellersQuery } from '../../../queries/sellers';
import { digitsIn, SIREN_FORM } from '../../../words/forms';
import { useLanguage, useWords } from '../../../words/language';
import { AccountState } from './SellerAccount';

/** By which the organiser receives the customers' money in the place of its sellers. */
export function Collecting() {
  const { operation } = useParams({ from: '/inside/o/$operation/bills/collecting' });
  const query = useQuery(perimeterQuery(operation));
  return (
    <>
      <BackToBills operation={operation} />
      <PageAnswer query={query}>
        {({ organiser_id }) => <OfOrganiser operation={operation} id={organiser_id} />}
      </PageAnswer>
    </>
  );
}

interface OfOrganiserProps {
  operation: string;
  id: string;
}

function OfOrganiser({ operation, id }: OfOrganiserProps) {
  const words = useWords(collectingWords);
  const organiser = useQuery(organiserQuery(id));
  const query = useQuery(collectingMemberQuery(id));
  return (
    <Answer query={organiser}>
      {({ name, address }) => (
        <>
          <Heading>{words.title}</Heading>
          <p>{words.lead(name)}</p>
          <Answer query={query}>
            {(member) => (
              <>
                <Card title={words.who}>
                  <p>{words.whoHelp}</p>
                  <dl className={facts.told}>
                    <dt>{words.name}</dt>
                    <dd>{name}</dd>
                    <dt>{words.address}</dt>
                    <dd className={shared.lines}>{address}</dd>
                  </dl>
                  <Identity id={id} name={name} address={address} member={member} />
                </Card>
                {member && <Money operation={operation} member={member} />}
              </>
            )}
          </Answer>
        </>
      )}
    </Answer>
  );
}

type Kind = 'company' | 'public_body';

interface IdentityProps {
  id: string;
  name: string;
  address: string;
  member: Member | null;
}

function Identity({ id, name, address, member }: IdentityProps) {
  const words = useWords(collectingWords);
  const language = useLanguage();
  const queries = useQueryClient();
  const [kind, setKind] = useState<Kind>(
    member?.kind === 'public_body' ? 'public_body' : 'company',
  );
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      saveMember(id, {
        kind,
        name,
        address,
        siren: digitsIn(form, 'siren'),
        email: member?.email ?? null,
        vat_number: member?.vat_number ?? null,
        language: member?.language ?? language,
        delivery_address: member?.delivery_address ?? null,
      }),
    onSuccess: () => queries.invalidateQueries(collectingMemberQuery(id)),
  });
  return (
    <>
      <SendForm attempt={attempt} submit={words.save} onSend={attempt.mutate}>
        <SelectField
          name="kind"
          label={words.kind}
          options={[
            ['company', words.kinds.company],
            ['public_body', words.kinds.public_body],
          ]}
          value={kind}
          onChange={setKind}
        />
        <Field
          name="siren"
          type="text"
          inputMode="numeric"
          pattern={SIREN_FORM}
          label={words.siren}
          help={words.sirenHelp}
          defaultValue={member?.siren ?? ''}
        />
      </SendForm>
      <Said>{attempt.isSuccess && words.saved}</Said>
    </>
  );
}

function Money({ operation, member }: { operation: string; member: Member }) {
  const words = useWords(collectingWords);
  const query = useQuery(sellersQuery(operation));
  return (
    <>
      <Card title={words.account}>
        <p>{words.accountHelp}</p>
        <AccountState operation={operation} member={member} isCollector />
      </Card>
      <Card title={words.sellers}>
        <p>{words.sellersHelp}</p>
        <Answer query={query}>
          {(sellers) => (
            <ul className={shared.list}>
              {sellers.map(({ member_id, name }) => (
                <li key={member_id} className={shared.line}>
                  <Link
                    to="/o/$operation/bills/sellers/$seller"
                    params={{ operation, seller: member_id }}
                  >
                    {words.seller(name)}
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </Answer>
      </Card>
    </>
  );
}
