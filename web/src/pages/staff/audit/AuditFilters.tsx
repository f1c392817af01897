import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { staffAreaWords } from '../../../messages/staff/area';
import { auditWords } from '../../../messages/staff/audit';
import { Field } from '../../../parts/Field';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import shared from '../../../parts/Together.module.css';
import { accountsQuery } from '../../../queries/accounts';
import type { AuditFilter } from '../../../queries/audit';
import { SERVICES, type Service } from '../../../queries/services';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';

const NOT_SENT = { error: null, isPending: false };
const ANY = '';

/** What one looks for; it goes into the address, which can be passed on. */
export function AuditFilters({ filter }: { filter: AuditFilter }) {
  const words = useWords(auditWords);
  const { services } = useWords(staffAreaWords);
  const navigate = useNavigate();
  const { data: accounts = [] } = useQuery(accountsQuery);
  const [service, setService] = useState<Service | typeof ANY>(filter.service ?? ANY);
  const [subject, setSubject] = useState(filter.subject ?? ANY);
  const isEmpty = Object.keys(filter).length === 0;
  const search = (form: FormData) =>
    navigate({
      to: '/staff/audit',
      search: {
        service: service || undefined,
        subject: subject || undefined,
        entity: textIn(form, 'entity') ?? undefined,
        entity_id: textIn(form, 'entity_id') ?? undefined,
        request_id: textIn(form, 'request_id') ?? undefined,
      },
    });
  return (
    <details open={!isEmpty}>
      <summary>{words.filters}</summary>
      <SendForm attempt={NOT_SENT} submit={words.search} isWide onSend={search}>
        <SelectField
          name="service"
          label={words.service}
          options={[
            [ANY, words.allServices],
            ...SERVICES.map((one) => [one, services[one]] as const),
          ]}
          value={service}
          onChange={setService}
        />
        <SelectField
          name="subject"
          label={words.who}
          options={[
            [ANY, words.everybody],
            ...accounts.map(({ id, email }) => [id, email] as const),
          ]}
          value={subject}
          onChange={setSubject}
        />
        <Field
          name="entity"
          type="text"
          pattern="\s*[a-z_]{1,63}\s*"
          label={words.entity}
          help={words.entityHelp}
          defaultValue={filter.entity ?? ''}
          isOptional
        />
        <Field
          name="entity_id"
          type="text"
          maxLength={500}
          label={words.entityId}
          defaultValue={filter.entity_id ?? ''}
          isOptional
        />
        <Field
          name="request_id"
          type="text"
          pattern="\s*[A-Za-z0-9_\-]{8,64}\s*"
          label={words.requestId}
          help={words.requestIdHelp}
          defaultValue={filter.request_id ?? ''}
          isOptional
        />
      </SendForm>
      {!isEmpty && (
        <Link className={shared.more} to="/staff/audit" search={{}}>
          {words.forget}
        </Link>
      )}
    </details>
  );
}
