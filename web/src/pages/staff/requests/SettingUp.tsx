import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { memberKindWords } from '../../../messages/memberKinds';
import { settingUpWords } from '../../../messages/staff/settingUp';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { Field } from '../../../parts/Field';
import go from '../../../parts/Go.module.css';
import { SelectField } from '../../../parts/SelectField';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import shared from '../../../parts/Together.module.css';
import {
  makeOperation,
  organisersQuery,
  type SetUp,
  type StaffRequest,
} from '../../../queries/requestDesk';
import { digitsIn, textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { useRequestChanged } from './changed';
import { NewPoints } from './NewPoints';

/** The last step: an agreed request becomes an operation; and the way to the one that it became. */
export function SettingUp({ request }: { request: StaffRequest }) {
  const words = useWords(settingUpWords);
  const { stage, operation_id } = request;
  if (operation_id) {
    return (
      <Card title={words.done}>
        <p role="status">{words.next}</p>
        <Link className={go.go} to="/o/$operation" params={{ operation: operation_id }}>
          {words.open(operation_id)}
        </Link>
      </Card>
    );
  }
  if (stage !== 'agreed') return null;
  return (
    <Card title={words.title}>
      <Form request={request} />
    </Card>
  );
}

const ASKER = '';
type Kind = NonNullable<SetUp['member_kind']>;
const KINDS: readonly Kind[] = ['household', 'company', 'public_body'];

function Form({ request }: { request: StaffRequest }) {
  const words = useWords(settingUpWords);
  const kinds = useWords(memberKindWords);
  const [organiser, choose] = useState(ASKER);
  const [kind, setKind] = useState<Kind>(request.siren ? 'company' : 'household');
  const [pointCount, setPointCount] = useState(0);
  const queries = useQueryClient();
  const changed = useRequestChanged();
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      makeOperation(request.id, {
        operation_id: textIn(form, 'operation_id')?.toUpperCase() ?? '',
        valid_from: textIn(form, 'valid_from') ?? '',
        name: textIn(form, 'name'),
        organiser_id: organiser || null,
        member_kind: kind,
        points: pointsIn(form, pointCount),
      }),
    onSuccess: async (made) => {
      await changed(made);
      // All lists of operations, members and organisers have more in them now.
      await queries.invalidateQueries();
    },
  });
  const who = request.organisation ?? request.name;
  return (
    <SendForm attempt={attempt} submit={words.go} isWide onSend={attempt.mutate}>
      <p className={shared.weak}>{words.help}</p>
      <Field
        name="operation_id"
        type="text"
        pattern="\s*[Aa][Cc][Cc]\d{8}\s*"
        label={words.operationId}
        help={words.operationIdHelp}
      />
      <Field name="valid_from" type="date" label={words.validFrom} />
      <Field
        name="name"
        type="text"
        maxLength={200}
        label={words.name}
        help={words.nameHelp}
        isOptional
      />
      <Organiser who={who} value={organiser} onChange={choose} />
      <SelectField
        name="member_kind"
        label={words.kind}
        options={KINDS.map((one) => [one, kinds[one]] as const)}
        value={kind}
        onChange={setKind}
      />
      <NewPoints plants={request.plants_kwc} count={pointCount} onCount={setPointCount} />
      <p>{words.effect(who)}</p>
      <TickField name="sure" label={words.sure} isRequired />
    </SendForm>
  );
}

interface OrganiserProps {
  who: string;
  value: string;
  onChange: (organiser: string) => void;
}

/** Who asks, or one that is known. */
function Organiser({ who, value, onChange }: OrganiserProps) {
  const words = useWords(settingUpWords);
  const query = useQuery(organisersQuery);
  return (
    <Answer query={query}>
      {(organisers) => (
        <SelectField
          name="organiser_id"
          label={words.organiser}
          options={[
            [ASKER, words.asker(who)],
            ...organisers.map(({ id, name }) => [id, name] as const),
          ]}
          value={value}
          onChange={onChange}
        />
      )}
    </Answer>
  );
}

function pointsIn(form: FormData, count: number): NonNullable<SetUp['points']> {
  return Array.from({ length: count }, (_, place) => ({
    prm: digitsIn(form, `points/${place}/prm`) ?? '',
    label: textIn(form, `points/${place}/label`) ?? '',
    plant: Number(textIn(form, `points/${place}/plant`)) || null,
  }));
}
